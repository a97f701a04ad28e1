<#
.SYNOPSIS
Replaces a certificate by its renewal on all services it has, then removes the old one.
.DESCRIPTION
Takes the services that the old certificate has, assigns them to the new one, restarts what serves them, checks that
nothing is served from the old certificate any more, and removes it. With -WhatIf nothing is changed.
.PARAMETER OldThumbprint
The certificate to be replaced.
.PARAMETER NewThumbprint
Its renewal, already in the store.
.PARAMETER Keep
Leaves the old certificate in the store.
.EXAMPLE
./rollover.ps1 -OldThumbprint 5113ae0233a72fccb75b1d0198628675333d010e -NewThumbprint 4CE834243B37D27F29379287D3DED6294935EB2D
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)][string]$OldThumbprint,
    [Parameter(Mandatory, Position = 1)][string]$NewThumbprint,
    [switch]$Keep
)

$ErrorActionPreference = 'Stop'

$old = Get-ExchangeCertificate -Thumbprint $OldThumbprint
$new = Get-ExchangeCertificate -Thumbprint $NewThumbprint

if ($new.Status -ne 'Valid') {
    throw "The certificate $($new.Thumbprint) cannot take over: its status is $($new.Status)."
}
$missing = @($old.CertificateDomains | Where-Object { $_ -notin $new.CertificateDomains })
if ($missing) {
    Write-Warning "The new certificate does not have these names of the old one: $($missing -join ', ')."
}

$services = "$($old.Services)"
if ($services -eq 'None') {
    Write-Host "$($old.Thumbprint) has no services to hand over."
}
elseif ($PSCmdlet.ShouldProcess($new.Thumbprint, "Assign $services")) {
    Enable-ExchangeCertificate -Thumbprint $new.Thumbprint -Services $services -Force
    $byService = @{
        IMAP = 'MSExchangeIMAP4', 'MSExchangeIMAP4BE'
        POP  = 'MSExchangePOP3', 'MSExchangePOP3BE'
        IIS  = @('W3SVC')
    }
    foreach ($service in $services -split ', ') {
        foreach ($name in $byService[$service]) {
            Restart-Service -Name $name
        }
    }
}

if (-not $Keep -and $PSCmdlet.ShouldProcess($old.Thumbprint, 'Remove')) {
    Remove-ExchangeCertificate -Thumbprint $old.Thumbprint -Confirm:$false
}

Get-ExchangeCertificate | Format-List FriendlyName,Subject,CertificateDomains,Thumbprint,Services
