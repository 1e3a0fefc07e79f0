// A storage account as all of ours are: no keys, no anonymous blobs, TLS 1.2 or newer; rights on the whole of it only where a host needs them.
import { grant, grantWithin, storagePlace, texts } from 'types.bicep'

@maxLength(24)
param name string
param location string
param tags texts

@description('True: reached through private endpoints only.')
param isPrivate bool

@description('True: Event Grid may write to it although it is private, as a service that Azure trusts and with its own identity.')
param letsEventGridIn bool = false

param containers string[] = []
param queues string[] = []
param tables string[] = []

param grants grant[] = []
param containerGrants grantWithin[] = []
param tableGrants grantWithin[] = []

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // An account that is closed altogether has no door for the services that Azure trusts either.
    publicNetworkAccess: isPrivate && !letsEventGridIn ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: letsEventGridIn ? 'AzureServices' : 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobService 'blobServices' = {
    name: 'default'

    resource container 'containers' = [for name in containers: { name: name, properties: { publicAccess: 'None' } }]
  }

  resource queueService 'queueServices' = if (!empty(queues)) {
    name: 'default'

    resource queue 'queues' = [for name in queues: { name: name }]
  }

  resource tableService 'tableServices' = if (!empty(tables)) {
    name: 'default'

    resource table 'tables' = [for name in tables: { name: name }]
  }
}

resource granted 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in grants: {
    name: guid(account.id, grant.principalId, grant.role)
    scope: account
    properties: {
      principalId: grant.principalId
      principalType: grant.?principalType ?? 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource grantedOnContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in containerGrants: {
    name: guid(account.id, 'containers', grant.on, grant.principalId, grant.role)
    scope: account::blobService::container[indexOf(containers, grant.on)]
    properties: {
      principalId: grant.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource grantedOnTable 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in tableGrants: {
    name: guid(account.id, 'tables', grant.on, grant.principalId, grant.role)
    scope: account::tableService::table[indexOf(tables, grant.on)]
    properties: {
      principalId: grant.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

output place storagePlace = {
  id: account.id
  name: account.name
  blobs: account.properties.primaryEndpoints.blob
  queues: account.properties.primaryEndpoints.queue
  tables: account.properties.primaryEndpoints.table
}
