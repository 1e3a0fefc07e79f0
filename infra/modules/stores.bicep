// Where data live: what the planes share, with a role for each table; and what each app's host keeps, which no other app reaches.
import { roles } from 'roles.bicep'
import { storagePlace, texts } from 'types.bicep'

param token string
param location string
param tags texts
param isPrivate bool

@description('Object ids of the apps\' identities.')
param frontDoor string
param controlPlane string
param samples string

param controlPlaneHostName string
param queueOfNudges string

var packageContainer = 'packages'

module data 'storage.bicep' = {
  params: {
    name: 'stdata${token}'
    location: location
    tags: tags
    isPrivate: isPrivate
    containers: ['releases']
    tables: ['limits', 'consumers', 'keys', 'trust', 'peers', 'rotations', 'usage']
    containerGrants: [
      { principalId: frontDoor, on: 'releases', role: roles.blobReader }
      { principalId: controlPlane, on: 'releases', role: roles.blobContributor }
    ]
    tableGrants: [
      { principalId: frontDoor, on: 'limits', role: roles.tableContributor }
      { principalId: frontDoor, on: 'usage', role: roles.tableContributor }
      { principalId: frontDoor, on: 'peers', role: roles.tableContributor }
      { principalId: frontDoor, on: 'consumers', role: roles.tableReader }
      { principalId: frontDoor, on: 'keys', role: roles.tableReader }
      { principalId: frontDoor, on: 'trust', role: roles.tableReader }
      { principalId: samples, on: 'peers', role: roles.tableContributor }
      { principalId: samples, on: 'trust', role: roles.tableReader }
      { principalId: controlPlane, on: 'limits', role: roles.tableContributor }
      { principalId: controlPlane, on: 'consumers', role: roles.tableContributor }
      { principalId: controlPlane, on: 'keys', role: roles.tableContributor }
      { principalId: controlPlane, on: 'trust', role: roles.tableContributor }
      { principalId: controlPlane, on: 'peers', role: roles.tableContributor }
      { principalId: controlPlane, on: 'rotations', role: roles.tableContributor }
      { principalId: controlPlane, on: 'usage', role: roles.tableContributor }
    ]
  }
}

module frontDoorHost 'storage.bicep' = {
  params: {
    name: 'stfront${token}'
    location: location
    tags: tags
    isPrivate: isPrivate
    containers: [packageContainer]
    grants: [{ principalId: frontDoor, role: roles.blobOwner }]
  }
}

module controlPlaneHost 'storage.bicep' = {
  params: {
    name: controlPlaneHostName
    location: location
    tags: tags
    isPrivate: isPrivate
    letsEventGridIn: true
    containers: [packageContainer]
    queues: [queueOfNudges]
    grants: [
      { principalId: controlPlane, role: roles.blobOwner }
      // Durable keeps its history in tables and its work in queues that it makes itself.
      { principalId: controlPlane, role: roles.queueContributor }
      { principalId: controlPlane, role: roles.tableContributor }
    ]
  }
}

module samplesHost 'storage.bicep' = {
  params: {
    name: 'stsamples${token}'
    location: location
    tags: tags
    isPrivate: isPrivate
    containers: [packageContainer]
    grants: [
      { principalId: samples, role: roles.blobOwner }
      // The orders of the sample, in a table that it makes itself.
      { principalId: samples, role: roles.tableContributor }
    ]
  }
}

output data storagePlace = data.outputs.place
output frontDoorHost storagePlace = frontDoorHost.outputs.place
output controlPlaneHost storagePlace = controlPlaneHost.outputs.place
output samplesHost storagePlace = samplesHost.outputs.place
output packageContainer string = packageContainer
