// A Functions app on a Flex Consumption plan of its own, as a user-assigned identity of its own.
import { appIdentity, storagePlace, texts } from 'types.bicep'

param name string
param location string
param tags texts
param runsAs appIdentity

@description('The account of its host, and the container there that its package is deployed to.')
param host storagePlace
param packageContainer string

@description('What the app reads, beside what every app needs.')
param settings texts

@allowed([512, 2048, 4096])
param instanceMemoryMB int
param maximumInstances int
param alwaysReady { name: string, instanceCount: int }[]
param requestsPerInstance int

@description('True: the front end of the platform asks every client for a certificate and lets nobody in without one. It does not judge it; the app does.')
param requiresClientCertificate bool = false

@description('Empty: no virtual network.')
param subnetId string
param insightsConnectionString string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: runsAs.clientId
  AzureWebJobsStorage__blobServiceUri: host.blobs
  AzureWebJobsStorage__queueServiceUri: host.queues
  AzureWebJobsStorage__tableServiceUri: host.tables
  AZURE_CLIENT_ID: runsAs.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${runsAs.clientId};Authorization=AAD'
}

// The app takes a certificate from the front end's header only where these say that the front end demands one. Both come from one parameter, so that
// they cannot claim what the front end does not do.
var certificateSettings = requiresClientCertificate
  ? { WEBSITE_CLIENT_CERT_ENABLED: 'true', WEBSITE_CLIENT_CERT_MODE: 'Required' }
  : {}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${runsAs.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientCertEnabled: requiresClientCertificate
    clientCertMode: requiresClientCertificate ? 'Required' : 'Optional'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
      appSettings: map(
        items(union(hostSettings, settings, certificateSettings)),
        item => { name: item.key, value: item.value }
      )
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${host.blobs}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: runsAs.id }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReady
        triggers: { http: { perInstanceConcurrency: requestsPerInstance } }
      }
    }
  }

  // Deployment goes by the deployer's own identity; there are no user names and passwords.
  resource ftpCredentials 'basicPublishingCredentialsPolicies' = { name: 'ftp', properties: { allow: false } }
  resource scmCredentials 'basicPublishingCredentialsPolicies' = { name: 'scm', properties: { allow: false } }
}

output app { name: string, url: string } = { name: app.name, url: 'https://${app.properties.defaultHostName}' }
