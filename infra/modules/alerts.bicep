// What somebody should be woken for. Each rule is a query that could also be run by hand.
import { texts } from 'types.bicep'

param token string
param location string
param tags texts
param workspaceId string

@description('Empty: alerts are seen in the portal only.')
param email string
param everyMinutes int
param certificateHours int
param serverErrorPercent int

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'gateway'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var rules = [
  {
    name: 'certificate-near-expiry'
    says: 'A certificate in use ends soon: its rotation does not get through. See docs/mesh.md.'
    severity: 1
    query: loadTextContent('../queries/alert-certificate-near-expiry.kql')
    measure: 'HoursLeft'
    by: 'Service'
    aggregation: 'Minimum'
    operator: 'LessThan'
    threshold: certificateHours
  }
  {
    name: 'rotation-rolled-back'
    says: 'A rotation went back to the certificate before. `gw certs status` says at which step and why.'
    severity: 2
    query: loadTextContent('../queries/alert-rotation-rolled-back.kql')
    measure: 'Rotations'
    by: 'Certificate'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'limiter-unavailable'
    says: 'Requests are refused because a limit cannot be counted: storage is away, or refuses. See docs/limits.md.'
    severity: 1
    query: loadTextContent('../queries/alert-limiter-unavailable.kql')
    measure: 'Refused'
    by: 'Limit'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'server-errors'
    says: 'Too large a share of requests ends in 5xx. The workbook says on which route and for what.'
    severity: 2
    query: loadTextContent('../queries/alert-server-errors.kql')
    measure: 'Percent'
    by: ''
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: serverErrorPercent
  }
]

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.says
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT${everyMinutes}M'
      windowSize: 'PT${everyMinutes}M'
      autoMitigate: true
      // The tables do not exist before the first telemetry arrives.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: rule.aggregation
            metricMeasureColumn: rule.measure
            dimensions: empty(rule.by) ? [] : [{ name: rule.by, operator: 'Include', values: ['*'] }]
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]
