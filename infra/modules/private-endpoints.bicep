// A private way to everything that holds data or keys.
import { texts } from 'types.bicep'

param token string
param location string
param tags texts
param networkName string

@description('Names of the private zones, by service.')
param zones texts
param targets { name: string, service: 'blob' | 'queue' | 'table' | 'vault', resourceId: string }[]

module endpoint 'private-endpoint.bicep' = [
  for target in targets: {
    params: {
      name: 'pe-${target.name}-${token}'
      location: location
      tags: tags
      networkName: networkName
      zoneName: zones[target.service]
      resourceId: target.resourceId
      service: target.service
    }
  }
]
