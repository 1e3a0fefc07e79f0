// Events of the vaults that hold leaves, as messages in the queue that the control plane looks at. They only hasten what its timer would find.
import { texts } from 'types.bicep'

param token string
param location string
param tags texts
param vaults { service: string, id: string }[]

@description('The account of the control plane\'s host.')
param accountName string
param queueName string

module topic 'vault-topic.bicep' = [
  for vault in vaults: {
    params: { name: 'evgt-${vault.service}-${token}', location: location, tags: tags, vaultId: vault.id }
  }
]

module sender 'queue-sender.bicep' = [
  for (vault, index) in vaults: {
    params: { accountName: accountName, queueName: queueName, principalId: topic[index].outputs.principalId }
  }
]

module subscription 'vault-nudges.bicep' = [
  for (vault, index) in vaults: {
    params: { topicName: 'evgt-${vault.service}-${token}', accountName: accountName, queueName: queueName }
    // Without the right to write, what is reported first would be lost.
    dependsOn: [sender[index]]
  }
]
