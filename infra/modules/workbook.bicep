// One page on traffic, errors, limits and certificates. Its queries are files of their own, which can be run in the portal as they are.
import { texts } from 'types.bicep'

param name string
param location string
param tags texts
param workspaceId string

var pictures = [
  {
    title: 'Traffic: requests by class of status'
    shape: 'timechart'
    query: loadTextContent('../queries/traffic.kql')
  }
  { title: 'Traffic: duration in ms', shape: 'timechart', query: loadTextContent('../queries/latency.kql') }
  { title: 'Traffic: routes', shape: 'table', query: loadTextContent('../queries/routes.kql') }
  { title: 'Errors: what requests failed for', shape: 'table', query: loadTextContent('../queries/errors.kql') }
  { title: 'Errors: services behind the gateway', shape: 'table', query: loadTextContent('../queries/services.kql') }
  { title: 'Errors: exceptions', shape: 'table', query: loadTextContent('../queries/exceptions.kql') }
  { title: 'Limits: admitted, refused, not countable', shape: 'table', query: loadTextContent('../queries/limits.kql') }
  { title: 'Limits: renewals of leases', shape: 'timechart', query: loadTextContent('../queries/limit-storage.kql') }
  { title: 'Certificates: in use', shape: 'table', query: loadTextContent('../queries/certificates.kql') }
  { title: 'Certificates: rotations', shape: 'table', query: loadTextContent('../queries/rotations.kql') }
  { title: 'Certificates: callers', shape: 'table', query: loadTextContent('../queries/callers.kql') }
]

var timeRange = {
  type: 9
  name: 'time'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    parameters: [
      {
        id: guid(name, 'time')
        version: 'KqlParameterItem/1.0'
        name: 'Time'
        type: 4
        isRequired: true
        value: { durationMs: 3600000 }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 14400000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
          ]
          allowCustom: true
        }
      }
    ]
  }
}

var drawn = map(pictures, picture => {
  type: 3
  name: picture.title
  content: {
    version: 'KqlItem/1.0'
    title: picture.title
    query: picture.query
    size: 0
    timeContextFromParameter: 'Time'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    visualization: picture.shape
  }
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, name)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: name
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat(
        [{ type: 1, name: 'head', content: { json: '## ${name}\n\nThe queries are in `infra/queries`.' } }],
        [timeRange],
        drawn
      )
      fallbackResourceIds: [workspaceId]
    })
  }
}
