// A virtual network with a subnet for each app and one for the private endpoints, and the names under which these are found.
import { texts } from 'types.bicep'

param token string
param location string
param tags texts

@description('One subnet each.')
param apps string[]

// In private zones a vault's name has another domain than in public ones.
var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    // Subnets stand here, not as resources of their own: a second deployment would take those away for a moment.
    subnets: concat(
      [{ name: 'endpoints', properties: { addressPrefix: '10.40.0.0/24', privateEndpointNetworkPolicies: 'Disabled' } }],
      map(range(0, length(apps)), index => {
        name: apps[index]
        properties: {
          addressPrefix: '10.40.${index + 1}.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      })
    )
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for item in items(zones): { name: item.value, location: 'global', tags: tags }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (item, index) in items(zones): {
    parent: zone[index]
    name: 'vnet'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

output name string = network.name

@description('Names of the zones, by the service that is found in them.')
output zones texts = zones
