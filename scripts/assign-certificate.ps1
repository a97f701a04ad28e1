<#
.SYNOPSIS
Imports a certificate, assigns it to POP, IMAP, IIS and SMTP, and shows the documented check.
.DESCRIPTION
The whole procedure of the documentation: import a PFX file, enable the certificate for the client protocols and for
mail flow, restart what has to be restarted, and look at the result.
.PARAMETER Path
The PFX file.
.PARAMETER Password
The file's password. It is asked for when it is not given.
.PARAMETER Services
The services to assign.
.PARAMETER FriendlyName
The name under which lists show the certificate.
.PARAMETER Force
Replaces the default SMTP certificate without asking.
.EXAMPLE
./assign-certificate.ps1 -Path ./mail.pfx
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)][string]$Path,
    [securestring]$Password,
    [string[]]$Services = @('POP', 'IMAP', 'SMTP', 'IIS'),
    [string]$FriendlyName,
    [switch]$Force
)

$ErrorActionPreference = 'Stop'

if (-not (Test-Path -Path $Path)) {
    throw "There is no file '$Path'."
}
if (-not $Password) {
    $Password = Read-Host -Prompt "Password of $Path" -AsSecureString
}

$import = @{
    FileData             = [System.IO.File]::ReadAllBytes((Resolve-Path -Path $Path).Path)
    Password             = $Password
    PrivateKeyExportable = $true
}
if ($FriendlyName) {
    $import.FriendlyName = $FriendlyName
}
$certificate = Import-ExchangeCertificate @import
Write-Host "Imported $($certificate.Thumbprint) ($($certificate.Subject))."

Enable-ExchangeCertificate -Thumbprint $certificate.Thumbprint -Services $Services -Force:$Force

# A new certificate is served by IMAP, POP and IIS only after a restart.
$restart = @()
if ($Services -match 'IMAP') { $restart += 'MSExchangeIMAP4', 'MSExchangeIMAP4BE' }
if ($Services -match 'POP') { $restart += 'MSExchangePOP3', 'MSExchangePOP3BE' }
if ($Services -match 'IIS') { $restart += 'W3SVC' }
foreach ($name in $restart) {
    Restart-Service -Name $name
}

Get-ExchangeCertificate | Format-List FriendlyName,Subject,CertificateDomains,Thumbprint,Services
