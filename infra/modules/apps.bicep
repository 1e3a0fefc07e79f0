// The three apps and what each is told. The names are those that the code reads: MeshOptions, and the hosts' own.
import { appIdentity, storagePlace, texts } from 'types.bicep'

param token string
param location string
param tags texts
param identities { frontDoor: appIdentity, controlPlane: appIdentity, samples: appIdentity }
param stores {
  data: storagePlace
  frontDoorHost: storagePlace
  controlPlaneHost: storagePlace
  samplesHost: storagePlace
}
param vaults { authority: string, gateway: string, samples: string, shared: string }
param packageContainer string
param insightsConnectionString string

@description('Empty: no virtual network.')
param networkName string
param trustDomain string
param apiAudience string
param controlPlaneAudience string
param otlpEndpoint string
param placeholderDotnetIsolated string
param instanceMemoryMB int
param maximumInstances int
param requestsPerInstance int
param frontDoorAlwaysReady int
param durableAlwaysReady int

// The control plane and the samples are never asked for much; 40 is the least that every version of the platform took.
var fewInstances = 40

var subnets = empty(networkName)
  ? { frontDoor: '', controlPlane: '', samples: '' }
  : {
      frontDoor: resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'frontdoor')
      controlPlane: resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'controlplane')
      samples: resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'samples')
    }

var sharedSettings = union(
  { Mesh__TrustDomain: trustDomain, Mesh__Tables: stores.data.tables },
  empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint },
  empty(placeholderDotnetIsolated) ? {} : { WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: placeholderDotnetIsolated }
)

module samples 'flex-app.bicep' = {
  params: {
    name: 'func-samples-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'samples' })
    runsAs: identities.samples
    host: stores.samplesHost
    packageContainer: packageContainer
    requiresClientCertificate: true
    settings: union(sharedSettings, { Mesh__Service: 'samples', Mesh__Vault: vaults.samples })
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: fewInstances
    requestsPerInstance: requestsPerInstance
    alwaysReady: []
    subnetId: subnets.samples
    insightsConnectionString: insightsConnectionString
  }
}

module frontDoor 'flex-app.bicep' = {
  params: {
    name: 'func-frontdoor-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'frontdoor' })
    runsAs: identities.frontDoor
    host: stores.frontDoorHost
    packageContainer: packageContainer
    settings: union(sharedSettings, {
      Mesh__Service: 'gateway'
      Mesh__Vault: vaults.gateway
      Gateway__Tables: stores.data.tables
      Gateway__Blobs: stores.data.blobs
      Gateway__SharedVault: vaults.shared
      // What gateway.yaml takes from outside.
      TRUST_DOMAIN: trustDomain
      ORDERS_URL: samples.outputs.app.url
      CUSTOMERS_URL: samples.outputs.app.url
      ECHO_URL: samples.outputs.app.url
      BACKEND_TLS: 'mesh-client'
      ISSUER_URL: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
      AUDIENCE: apiAudience
    })
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    requestsPerInstance: requestsPerInstance
    alwaysReady: frontDoorAlwaysReady == 0 ? [] : [{ name: 'http', instanceCount: frontDoorAlwaysReady }]
    subnetId: subnets.frontDoor
    insightsConnectionString: insightsConnectionString
  }
}

module controlPlane 'flex-app.bicep' = {
  params: {
    name: 'func-controlplane-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'controlplane' })
    runsAs: identities.controlPlane
    host: stores.controlPlaneHost
    packageContainer: packageContainer
    settings: union(sharedSettings, {
      ControlPlane__Tables: stores.data.tables
      ControlPlane__Blobs: stores.data.blobs
      ControlPlane__AuthorityVault: vaults.authority
      ControlPlane__SharedVault: vaults.shared
      ControlPlane__TrustDomain: trustDomain
      ControlPlane__Workloads__gateway: vaults.gateway
      ControlPlane__Workloads__samples: vaults.samples
      ControlPlane__Entra__Tenant: empty(controlPlaneAudience) ? '' : tenant().tenantId
      ControlPlane__Entra__Audience: controlPlaneAudience
    })
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: fewInstances
    requestsPerInstance: requestsPerInstance
    alwaysReady: durableAlwaysReady == 0 ? [] : [{ name: 'durable', instanceCount: durableAlwaysReady }]
    subnetId: subnets.controlPlane
    insightsConnectionString: insightsConnectionString
  }
}

output frontDoor { name: string, url: string } = frontDoor.outputs.app
output controlPlane { name: string, url: string } = controlPlane.outputs.app
output samples { name: string, url: string } = samples.outputs.app
