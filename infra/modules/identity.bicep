// Whom an app runs as.
import { appIdentity, texts } from 'types.bicep'

param name string
param location string
param tags texts

resource assigned 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output identity appIdentity = {
  id: assigned.id
  clientId: assigned.properties.clientId
  principalId: assigned.properties.principalId
}
