//! What is pasted and what is run of it. Source of all expectations: ours.

use super::*;

const PRINT: &str = "434AC224C8459924B26521298CE8834C514856AB";

#[track_caller]
fn check(pasted: &str, meant: &str) {
    assert_eq!(clean(pasted), meant);
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(clean(text), text);
}

/// Source: ours; the real one takes none of these (interactive.md, Pasting).
#[test]
fn prompts_in_front_are_taken_off() {
    check("[PS] C:\\>Get-Date", "Get-Date");
    check("[PS] C:\\Windows\\system32> Get-Date\n", "Get-Date\n");
    check("PS C:\\Users\\ann> Get-Date", "Get-Date");
    check("PS C:\\>> Get-Date", "Get-Date");
    check("PS /home/ann> Get-Date", "Get-Date");
    check("PS> Get-Date", "Get-Date");
    check("[EX01]: PS C:\\> Get-Date", "Get-Date");
    check("PS C:\\> if ($true) {\n>> 'x'\n>> }", "if ($true) {\n'x'\n}");
}

#[test]
fn what_only_looks_like_a_prompt_stays() {
    stays("PS C:\\ -Name x");
    stays("PSEdit > file");
    stays("ps | sort > out.txt");
    stays("[PSCustomObject]@{ A = 1 }");
    stays("[PS]");
    stays("'PS C:\\> x'");
}

/// Source: ours.
#[test]
fn a_transcript_loses_its_output() {
    check(
        "[PS] C:\\>Get-ExchangeServer EX01 | fl Name, Edition\n\nName    : EX01\nEdition : Standard\n",
        "Get-ExchangeServer EX01 | fl Name, Edition\n\n",
    );
    check("PS> 'a'\na\nPS> 'b'\nb\n", "'a'\n'b'\n");
    // One prompt only: the lines behind it may be commands.
    check("[PS] C:\\>$a = 1\n$b = 2", "$a = 1\n$b = 2");
}

/// Source: ours; a line that begins with a parameter is a parse error in the real one.
#[test]
fn lines_that_a_page_wrapped_are_one_again() {
    let whole = format!("Enable-ExchangeCertificate -Thumbprint {PRINT} -Services POP,IMAP,SMTP,IIS");
    check(&format!("Enable-ExchangeCertificate -Thumbprint {PRINT}\n-Services POP,IMAP,SMTP,IIS"), &whole);
    check(
        &format!("Enable-ExchangeCertificate\n  -Thumbprint {PRINT}\n  -Services POP,IMAP,SMTP,IIS"),
        &whole,
    );
    check(&format!("Enable-ExchangeCertificate -Thumbprint\n{PRINT} -Services POP,IMAP,SMTP,IIS"), &whole);
    check(
        &format!("Enable-ExchangeCertificate -Thumbprint {PRINT} ` \n  \u{2013}Services POP"),
        &format!("Enable-ExchangeCertificate -Thumbprint {PRINT} \u{2013}Services POP"),
    );
}

#[test]
fn lines_that_run_by_themselves_stay_apart() {
    stays("Get-Date\nGet-Host\n");
    stays("Remove-Item x -Force\n'abc'");
    stays("Get-Date `\n  -Format o");
    stays("$x = 5\n$x -\n3");
    stays("# a comment\n-5");
    stays(&format!("Get-Date\n{PRINT}"));
    stays("@'\n-Services\nPS C:\\> x\n'@");
    stays("function f {\n'a'\n}\nf");
}

/// Source: ours; `Get–Date` is unknown to the real one.
#[test]
fn names_get_their_hyphens_back() {
    check("Get\u{2013}Date", "Get-Date");
    check("Get\u{2011}ExchangeCertificate | Format\u{2010}List", "Get-ExchangeCertificate | Format-List");
    check("Get\u{2212}Date", "Get-Date");
    check("\u{200B}Get-Date\u{200B}", "Get-Date");
    stays("Write-Output a\u{2013}b");
    stays("'Get\u{2013}Date'");
    stays("function Get\u{2013}Date { 1 }; Get\u{2013}Date");
}

/// Source: ours. Typographic quotes, dashes of parameters and no-break blanks are read by the parser.
#[test]
fn what_the_parser_reads_is_left_to_it() {
    stays("Write-Output \u{201C}text\u{201D} \u{2013}NoEnumerate");
    stays("Write-Output\u{A0}x");
}

/// Source: ours; the text of an article is no command.
#[test]
fn an_articles_words_are_dropped() {
    let command = format!("Enable-ExchangeCertificate -Thumbprint {PRINT} -Services POP,IMAP,IIS,SMTP");
    check(
        &format!(
            "この例では、証明書を POP、IMAP、IIS、および SMTP に割り当てます。\nPowerShell\nコピー\n{command}\n構文については、「Enable-ExchangeCertificate」を参照してください。\n"
        ),
        &format!("{command}\n"),
    );
    check(&format!("次のコマンドを実行します：\n{command}"), &command);
    check(&format!("コマンド: {command}"), &command);
    check(&format!("Exchange 管理シェルで、証明書を割り当てます。\n{command}"), &command);
}

#[test]
fn japanese_in_commands_stays() {
    stays("# 証明書を表示します。\nGet-ExchangeCertificate");
    stays("Write-Output 'これは、文です。'");
    stays("echo こんにちは。");
    stays("function 表示 { 1 }\n表示");
    stays("$名前 = 'x、y。'");
    stays("表示 -名前 'x。'");
}

#[test]
fn line_ends_of_untouched_text_stay() {
    stays("Get-Date\r\nGet-Host\r\n");
    check("\u{FEFF}Get-Date", "Get-Date");
    check("PS> Get-Date\r\nPS> Get-Host\r\n", "Get-Date\nGet-Host\n");
}
