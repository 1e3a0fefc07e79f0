// Puts what a vault reports of its certificates into the queue that the control plane looks at. A queue, not a function: it is there before any app is
// deployed. See docs/decisions/0012-nudges-through-a-queue.md.

param topicName string
param accountName string
param queueName string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName

  resource nudges 'eventSubscriptions' = {
    name: 'nudges'
    properties: {
      eventDeliverySchema: 'CloudEventSchemaV1_0'
      filter: {
        includedEventTypes: [
          'Microsoft.KeyVault.CertificateNearExpiry'
          'Microsoft.KeyVault.CertificateExpired'
          'Microsoft.KeyVault.CertificateNewVersionCreated'
        ]
      }
      deliveryWithResourceIdentity: {
        identity: { type: 'SystemAssigned' }
        destination: {
          endpointType: 'StorageQueue'
          // A nudge of yesterday says nothing that the timer has not seen.
          properties: { resourceId: account.id, queueName: queueName, queueMessageTimeToLiveInSeconds: 86400 }
        }
      }
      retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }
    }
  }
}
