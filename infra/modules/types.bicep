// What the modules say to each other.

@export()
@description('Names and texts: tags, settings.')
type texts = { *: string }

@export()
type deployerKind = 'User' | 'ServicePrincipal' | 'Group'

@export()
@description('One right of one principal, on what the module that takes it makes.')
type grant = {
  @description('Object id of who gets it.')
  principalId: string

  @description('An id of a role definition, from roles.bicep.')
  role: string

  @description('Left out: a managed identity.')
  principalType: deployerKind?
}

@export()
@description('One right of one managed identity on one table, container or queue.')
type grantWithin = {
  principalId: string
  role: string

  @description('Name of the table, container or queue.')
  on: string
}

@export()
@description('An identity that an app runs as.')
type appIdentity = {
  id: string
  clientId: string
  principalId: string
}

@export()
@description('A vault and its address.')
type vaultPlace = {
  id: string
  uri: string
}

@export()
@description('A storage account and its endpoints; each ends in a slash.')
type storagePlace = {
  id: string
  name: string
  blobs: string
  queues: string
  tables: string
}
