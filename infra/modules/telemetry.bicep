// Where traces, metrics and logs go. Nobody sends with a key: an identity of ours, or nothing.
import { roles } from 'roles.bicep'
import { texts } from 'types.bicep'

param token string
param location string
param tags texts
param retentionDays int
param dailyCapGB int

@description('Object ids of those who may send.')
param senders string[]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    // A flood of requests must not become a flood of costs; what is over the cap is not kept.
    workspaceCapping: { dailyQuotaGb: dailyCapGB }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource granted 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for sender in senders: {
    name: guid(insights.id, sender, roles.metricsPublisher)
    scope: insights
    properties: {
      principalId: sender
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
    }
  }
]

output workspaceId string = workspace.id
output connectionString string = insights.properties.ConnectionString
