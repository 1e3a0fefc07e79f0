// Azure's own roles, by what they allow. There is no custom role.

@export()
@description('Ids of role definitions; the comment says what holding one means here.')
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // what the Functions host asks for on its own account
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a' // adds messages; reads none
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  tableReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
  vaultCertificatesOfficer: 'a4417e6f-fecd-4de8-b567-7b0420556985' // creates, merges, disables; cannot read a private key
  vaultCryptoOfficer: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603' // makes keys, signs with them
  vaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // reads and writes secrets
  vaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6' // reads secrets, and so a certificate with its key
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb' // sends telemetry
}
