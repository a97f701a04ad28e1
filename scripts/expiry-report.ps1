<#
.SYNOPSIS
Lists certificates by the days they have left.
.DESCRIPTION
One object for each certificate of a server, soonest first. The exit code is 1 when one of them that has services
ends within the warning time, so that a scheduler can raise an alarm.
.PARAMETER Days
The warning time.
.PARAMETER All
Also shows certificates that end later.
.PARAMETER Csv
Writes the report to this file too.
.EXAMPLE
./expiry-report.ps1 -Days 60 -All
#>
[CmdletBinding()]
param(
    [ValidateRange(0, 3650)][int]$Days = 30,
    [switch]$All,
    [string]$Csv
)

$now = Get-Date
$report = Get-ExchangeCertificate |
    Select-Object Thumbprint, Subject, Services, NotAfter, @{
        Name       = 'DaysLeft'
        Expression = { [math]::Floor((New-TimeSpan -Start $now -End $_.NotAfter).TotalDays) }
    } |
    Where-Object { $All -or $_.DaysLeft -le $Days } |
    Sort-Object DaysLeft, Thumbprint

if ($Csv) {
    $report | Export-Csv -Path $Csv
}
$report | Format-Table DaysLeft, Services, Thumbprint, Subject

$urgent = @($report | Where-Object { $_.DaysLeft -le $Days -and "$($_.Services)" -ne 'None' })
if ($urgent) {
    exit 1
}
