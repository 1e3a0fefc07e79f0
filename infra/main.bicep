// All of it, in one resource group: `azd up` is the only step. docs/deploy.md says what each part is for and who may do what.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment; everything is named after it.')
param environmentName string

@minLength(1)
@description('Region. It has to offer Flex Consumption.')
param location string

@description('Object id of who deploys, who may then read the key of the management API. azd sets it. Empty: nobody may.')
param principalId string = ''

@description('What the one who deploys is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@description('Trust domain of the mesh: the first part of every SPIFFE id. To change it later is to begin the mesh anew.')
param trustDomain string = 'mesh.internal'

@description('Audience that access tokens for the sample routes must name.')
param apiAudience string = 'gateway'

@description('Id (client id) of the Entra application whose roles open the management API. Empty: the key does, and nothing else.')
param controlPlaneAudience string = ''

@description('Address of an OpenTelemetry collector, beside Application Insights. Empty: none.')
param otlpEndpoint string = ''

@allowed([512, 2048, 4096])
@description('Memory of an instance in MB. 512: each active second is billed by the GB, at least one second at a time, so that sparse traffic costs a fourth of what it does with 2048. The gateway streams and needs little; what larger instances give is more processor.')
param instanceMemoryMB int = 512

@minValue(1)
@maxValue(1000)
@description('The most instances of the front door: what a flood may cost at most. 100 is the platform\'s own default.')
param maximumInstances int = 100

@minValue(1)
@maxValue(1000)
@description('Requests that one instance takes at once. Those that share an instance share its time, and with that its price; they mostly wait for services. The platform would take few with little memory.')
param requestsPerInstance int = 100

@minValue(0)
@maxValue(100)
@description('Instances of the front door that never go away. 0: nothing is paid while nobody calls, and the first request after a pause waits for a cold start. 1 costs about 5 USD a month with 512 MB.')
param frontDoorAlwaysReady int = 0

@minValue(0)
@maxValue(10)
@description('Instances for the orchestrations that never go away. 0: rotations have hours of room, and a cold start of some seconds does not matter to them.')
param durableAlwaysReady int = 0

@allowed(['', '0', '1'])
@description('Sets WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED. Empty: the platform\'s own choice. 0 is the workaround that is reported for crashes of .NET 10 under load on Flex Consumption (dotnet-worker issue 3335); it makes cold starts slower.')
param placeholderDotnetIsolated string = ''

@description('True: storage and vaults are reached through a virtual network and private endpoints only. False by default for its cost: 12 endpoints at some 7 USD a month each, idle or not, where all else costs nothing while idle. Without it identities and roles protect them, and no key exists.')
param privateNetwork bool = false

@description('Purge protection of the control plane\'s vault: nobody, not even the subscription\'s owner, can destroy the mesh\'s authority before its time. Once on it cannot be taken back.')
param purgeProtection bool = true

@minValue(7)
@maxValue(90)
@description('Days for which deleted vaults are kept, and their names taken. 7, the least: long enough to notice a mistake, short for those who try things out. It cannot be changed on a vault that exists.')
param softDeleteDays int = 7

@description('Where alerts are sent. Empty: they are seen in the portal only.')
param alertEmail string = ''

@allowed([5, 10, 15, 30, 60])
@description('How often the alerts\' queries run. Each rule is paid for by its frequency; at 15 minutes the four cost about 2 USD a month.')
param alertMinutes int = 15

@minValue(1)
@description('Alert when a certificate in use lasts for fewer hours than these. Certificates live 24 h and are changed after 12: 6 left means that it failed for six hours.')
param certificateAlertHours int = 6

@minValue(1)
@maxValue(100)
@description('Alert when more than this share of requests ends in 5xx, in percent.')
param serverErrorAlertPercent int = 5

@minValue(30)
@maxValue(730)
@description('Days for which telemetry is kept. 30 are free of charge.')
param logRetentionDays int = 30

@minValue(1)
@description('The most telemetry a day, in GB. It is often the largest item of the bill; what is over the cap is lost, and alerts are blind until the next day.')
param logDailyCapGB int = 1

var token = toLower(uniqueString(subscription().id, environmentName, location))
// Both are known before anything is made, so that rights on them are, too.
var controlPlaneHostName = 'stcontrol${token}'
var queueOfNudges = 'nudges'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

// Who: one identity for each app.

module frontDoorIdentity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-frontdoor-${token}', location: location, tags: tags }
}

module controlPlaneIdentity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-controlplane-${token}', location: location, tags: tags }
}

module samplesIdentity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-samples-${token}', location: location, tags: tags }
}

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGB: logDailyCapGB
    senders: [
      frontDoorIdentity.outputs.identity.principalId
      controlPlaneIdentity.outputs.identity.principalId
      samplesIdentity.outputs.identity.principalId
    ]
  }
}

module vaults 'modules/vaults.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    isPrivate: privateNetwork
    softDeleteDays: softDeleteDays
    purgeProtection: purgeProtection
    workspaceId: telemetry.outputs.workspaceId
    frontDoor: frontDoorIdentity.outputs.identity.principalId
    controlPlane: controlPlaneIdentity.outputs.identity.principalId
    samples: samplesIdentity.outputs.identity.principalId
    deployer: principalId
    deployerType: principalType
  }
}

module stores 'modules/stores.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    isPrivate: privateNetwork
    frontDoor: frontDoorIdentity.outputs.identity.principalId
    controlPlane: controlPlaneIdentity.outputs.identity.principalId
    samples: samplesIdentity.outputs.identity.principalId
    controlPlaneHostName: controlPlaneHostName
    queueOfNudges: queueOfNudges
  }
}

module nudges 'modules/nudges.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    vaults: [
      { service: 'gateway', id: vaults.outputs.gateway.id }
      { service: 'samples', id: vaults.outputs.samples.id }
    ]
    accountName: controlPlaneHostName
    queueName: queueOfNudges
  }
  dependsOn: [stores]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { token: token, location: location, tags: tags, apps: ['frontdoor', 'controlplane', 'samples'] }
}

module endpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    networkName: network!.outputs.name
    zones: network!.outputs.zones
    targets: [
      { name: 'data-table', service: 'table', resourceId: stores.outputs.data.id }
      { name: 'data-blob', service: 'blob', resourceId: stores.outputs.data.id }
      { name: 'frontdoor-blob', service: 'blob', resourceId: stores.outputs.frontDoorHost.id }
      { name: 'controlplane-blob', service: 'blob', resourceId: stores.outputs.controlPlaneHost.id }
      { name: 'controlplane-queue', service: 'queue', resourceId: stores.outputs.controlPlaneHost.id }
      { name: 'controlplane-table', service: 'table', resourceId: stores.outputs.controlPlaneHost.id }
      { name: 'samples-blob', service: 'blob', resourceId: stores.outputs.samplesHost.id }
      { name: 'samples-table', service: 'table', resourceId: stores.outputs.samplesHost.id }
      { name: 'kv-control', service: 'vault', resourceId: vaults.outputs.authority.id }
      { name: 'kv-gateway', service: 'vault', resourceId: vaults.outputs.gateway.id }
      { name: 'kv-samples', service: 'vault', resourceId: vaults.outputs.samples.id }
      { name: 'kv-shared', service: 'vault', resourceId: vaults.outputs.shared.id }
    ]
  }
}

module apps 'modules/apps.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identities: {
      frontDoor: frontDoorIdentity.outputs.identity
      controlPlane: controlPlaneIdentity.outputs.identity
      samples: samplesIdentity.outputs.identity
    }
    stores: {
      data: stores.outputs.data
      frontDoorHost: stores.outputs.frontDoorHost
      controlPlaneHost: stores.outputs.controlPlaneHost
      samplesHost: stores.outputs.samplesHost
    }
    vaults: {
      authority: vaults.outputs.authority.uri
      gateway: vaults.outputs.gateway.uri
      samples: vaults.outputs.samples.uri
      shared: vaults.outputs.shared.uri
    }
    packageContainer: stores.outputs.packageContainer
    insightsConnectionString: telemetry.outputs.connectionString
    networkName: privateNetwork ? network!.outputs.name : ''
    trustDomain: trustDomain
    apiAudience: apiAudience
    controlPlaneAudience: controlPlaneAudience
    otlpEndpoint: otlpEndpoint
    placeholderDotnetIsolated: placeholderDotnetIsolated
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    requestsPerInstance: requestsPerInstance
    frontDoorAlwaysReady: frontDoorAlwaysReady
    durableAlwaysReady: durableAlwaysReady
  }
  // With a virtual network an app without its endpoints would not find its own storage.
  dependsOn: [endpoints]
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    name: 'Gateway ${environmentName}'
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
    email: alertEmail
    everyMinutes: alertMinutes
    certificateHours: certificateAlertHours
    serverErrorPercent: serverErrorAlertPercent
  }
}

// What azd keeps in the environment, for hooks and for `gw --azd`.
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SERVICE_FRONTDOOR_NAME string = apps.outputs.frontDoor.name
output SERVICE_CONTROLPLANE_NAME string = apps.outputs.controlPlane.name
output SERVICE_SAMPLES_NAME string = apps.outputs.samples.name
output GATEWAY_URL string = apps.outputs.frontDoor.url
output CONTROL_PLANE_URL string = apps.outputs.controlPlane.url
output CONTROL_PLANE_VAULT_URL string = vaults.outputs.authority.uri
output SHARED_VAULT_URL string = vaults.outputs.shared.uri
