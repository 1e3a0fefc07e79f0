// What a vault reports, as a topic with an identity of its own.
import { texts } from 'types.bicep'

param name string
param location string
param tags texts
param vaultId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: { source: vaultId, topicType: 'Microsoft.KeyVault.vaults' }
}

output principalId string = topic.identity.principalId
