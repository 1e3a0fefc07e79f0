// Where keys live: the authority's, each workload's, and what is shared. Nobody has a role in all of them.
import { roles } from 'roles.bicep'
import { deployerKind, texts, vaultPlace } from 'types.bicep'

param token string
param location string
param tags texts
param isPrivate bool
param softDeleteDays int
param purgeProtection bool
param workspaceId string

@description('Object ids of the apps\' identities.')
param frontDoor string
param controlPlane string
param samples string

@description('Who deploys. Empty: nobody reads the key of the management API.')
param deployer string
param deployerType deployerKind

module authorityVault 'vault.bicep' = {
  params: {
    name: 'kv-control-${token}'
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    purgeProtection: purgeProtection
    isPrivate: isPrivate
    workspaceId: workspaceId
    grants: concat(
      [
        // The authority's key: made and signed with here, never seen.
        { principalId: controlPlane, role: roles.vaultCryptoOfficer }
        // `manage-key`, the only secret here. A role on that one alone cannot be given before it exists.
        { principalId: controlPlane, role: roles.vaultSecretsOfficer }
      ],
      empty(deployer) ? [] : [{ principalId: deployer, principalType: deployerType, role: roles.vaultSecretsUser }]
    )
  }
}

module gatewayVault 'vault.bicep' = {
  params: {
    name: 'kv-gateway-${token}'
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    purgeProtection: false
    isPrivate: isPrivate
    workspaceId: workspaceId
    grants: [
      { principalId: frontDoor, role: roles.vaultSecretsUser }
      { principalId: controlPlane, role: roles.vaultCertificatesOfficer }
    ]
  }
}

module samplesVault 'vault.bicep' = {
  params: {
    name: 'kv-samples-${token}'
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    purgeProtection: false
    isPrivate: isPrivate
    workspaceId: workspaceId
    grants: [
      { principalId: samples, role: roles.vaultSecretsUser }
      { principalId: controlPlane, role: roles.vaultCertificatesOfficer }
    ]
  }
}

module sharedVault 'vault.bicep' = {
  params: {
    name: 'kv-shared-${token}'
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    purgeProtection: false
    isPrivate: isPrivate
    workspaceId: workspaceId
    grants: [
      { principalId: frontDoor, role: roles.vaultSecretsUser }
      { principalId: controlPlane, role: roles.vaultSecretsOfficer }
    ]
  }
}

output authority vaultPlace = { id: authorityVault.outputs.id, uri: authorityVault.outputs.uri }
output gateway vaultPlace = { id: gatewayVault.outputs.id, uri: gatewayVault.outputs.uri }
output samples vaultPlace = { id: samplesVault.outputs.id, uri: samplesVault.outputs.uri }
output shared vaultPlace = { id: sharedVault.outputs.id, uri: sharedVault.outputs.uri }
