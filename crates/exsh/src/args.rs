//! The command line, read as the reference reads it: order, abbreviations, usage errors and exit code 64. Our own verbs
//! are words in the first place; a script of such a name is reached with a path (`./status`).
//!
//! Nothing is started here, and the world is asked two things only: is standard input a terminal, and is there a file.

mod base64;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invocation {
    Run(Start),
    Verb(Verb),
    Version,
    Help,
    /// Exit code 64.
    Usage {
        message: String,
        /// Show the usage behind the message.
        with_usage: bool,
    },
}

/// How a session is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    pub source: Source,
    /// A prompt follows the script or command.
    pub no_exit: bool,
    /// Questions may be asked.
    pub interactive: bool,
    pub logo: bool,
    pub working_directory: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The prompt; on piped input it echoes prompts and lines.
    Prompt,
    /// `-Command -`: lines of standard input, nothing echoed.
    Lines,
    Command(String),
    File {
        path: String,
        args: Vec<String>,
    },
}

/// Our own verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    Status { json: bool },
    Init { version: Option<String>, server: Option<String>, domain: Option<String> },
    Serve,
    Agent,
    Help,
}

/// What of the world matters to the command line.
pub struct World<'a> {
    pub input_is_terminal: bool,
    pub file_exists: &'a dyn Fn(&str) -> bool,
}

/// Reads the arguments behind the program's name.
pub fn parse(args: &[String], world: &World<'_>) -> Invocation {
    match verb(args) {
        Some(Ok(verb)) => return Invocation::Verb(verb),
        Some(Err(message)) => return Invocation::Usage { message, with_usage: true },
        None => {}
    }
    let mut reader =
        Reader { args, at: 0, world, start: Start::new(), source: None, help: false, no_exit: false };
    match reader.read() {
        Err(Stop::Version) => Invocation::Version,
        Err(Stop::Usage { message, with_usage }) => Invocation::Usage { message, with_usage },
        Ok(()) if reader.help => Invocation::Help,
        Ok(()) => Invocation::Run(reader.finish()),
    }
}

impl Start {
    fn new() -> Start {
        Start {
            source: Source::Prompt,
            no_exit: false,
            interactive: true,
            logo: true,
            working_directory: None,
        }
    }
}

enum Stop {
    Version,
    Usage { message: String, with_usage: bool },
}

struct Reader<'a> {
    args: &'a [String],
    at: usize,
    world: &'a World<'a>,
    start: Start,
    source: Option<Source>,
    help: bool,
    no_exit: bool,
}

/// Full names with their shortest unambiguous beginning, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    Version,
    Help,
    Login,
    NoExit,
    NoProfile,
    NoProfileLoadTime,
    NoLogo,
    NonInteractive,
    Interactive,
    Command,
    File,
    Format,
    ExecutionPolicy,
    EncodedCommand,
    WorkingDirectory,
    /// The reference has it and exsh has not.
    Missing(&'static str),
}

const SWITCHES: &[(&str, &str, Switch)] = &[
    ("version", "v", Switch::Version),
    ("help", "h", Switch::Help),
    ("?", "?", Switch::Help),
    ("login", "l", Switch::Login),
    ("noexit", "noe", Switch::NoExit),
    ("noprofile", "nop", Switch::NoProfile),
    ("noprofileloadtime", "noprofileloadtime", Switch::NoProfileLoadTime),
    ("nologo", "nol", Switch::NoLogo),
    ("noninteractive", "noni", Switch::NonInteractive),
    ("socketservermode", "so", Switch::Missing("SocketServerMode")),
    ("servermode", "s", Switch::Missing("ServerMode")),
    ("namedpipeservermode", "nam", Switch::Missing("NamedPipeServerMode")),
    ("sshservermode", "sshs", Switch::Missing("SSHServerMode")),
    ("interactive", "i", Switch::Interactive),
    ("configurationfile", "configurationfile", Switch::Missing("ConfigurationFile")),
    ("configurationname", "config", Switch::Missing("ConfigurationName")),
    ("custompipename", "cus", Switch::Missing("CustomPipeName")),
    ("commandwithargs", "commandwithargs", Switch::Missing("CommandWithArgs")),
    ("cwa", "cwa", Switch::Missing("CommandWithArgs")),
    ("command", "c", Switch::Command),
    ("windowstyle", "w", Switch::Missing("WindowStyle")),
    ("file", "f", Switch::File),
    ("outputformat", "o", Switch::Format),
    ("of", "o", Switch::Format),
    ("inputformat", "inp", Switch::Format),
    ("if", "if", Switch::Format),
    ("executionpolicy", "ex", Switch::ExecutionPolicy),
    ("ep", "ep", Switch::ExecutionPolicy),
    ("encodedcommand", "e", Switch::EncodedCommand),
    ("ec", "e", Switch::EncodedCommand),
    ("encodedarguments", "encodeda", Switch::Missing("EncodedArguments")),
    ("ea", "ea", Switch::Missing("EncodedArguments")),
    ("settingsfile", "settings", Switch::Missing("SettingsFile")),
    ("sta", "sta", Switch::Missing("STA")),
    ("mta", "mta", Switch::Missing("MTA")),
    ("workingdirectory", "wo", Switch::WorkingDirectory),
    ("wd", "wd", Switch::WorkingDirectory),
];

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Stop> {
        while self.at < self.args.len() {
            let word = self.args[self.at].trim();
            if word.is_empty() {
                self.at += 1;
                continue;
            }
            let Some(key) = word.strip_prefix(is_dash_or_slash) else { return self.file() };
            let key = key.strip_prefix(is_dash).unwrap_or(key);
            let Some(switch) = matching(key) else { return self.file() };
            self.at += 1;
            match switch {
                Switch::Version => return Err(Stop::Version),
                Switch::Help => self.help = true,
                // There is no login profile, no profile and no update check; the words are taken.
                Switch::Login | Switch::NoProfile | Switch::NoProfileLoadTime => {}
                Switch::NoExit => self.no_exit = true,
                Switch::NoLogo => self.start.logo = false,
                Switch::NonInteractive => self.start.interactive = false,
                Switch::Interactive => self.start.interactive = true,
                Switch::Command => return self.command(),
                Switch::File => return self.file(),
                Switch::EncodedCommand => self.encoded_command()?,
                Switch::Format => self.format(key)?,
                Switch::ExecutionPolicy => {
                    self.value(
                        "Cannot process the execution policy because of a missing policy name. A policy name must follow -ExecutionPolicy.",
                        true,
                    )?;
                }
                Switch::WorkingDirectory => {
                    let folder = self.value(
                        "Cannot process the command because -WorkingDirectory requires an argument that is a directory path.",
                        false,
                    )?;
                    self.start.working_directory = Some(folder);
                }
                Switch::Missing(name) => {
                    return Err(Stop::Usage {
                        message: format!("exsh does not have the parameter -{name} yet."),
                        with_usage: false,
                    });
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Start {
        let mut start = self.start;
        start.no_exit = self.no_exit;
        if let Some(source) = self.source {
            start.logo &= self.no_exit && matches!(source, Source::File { .. });
            start.source = source;
        }
        start
    }

    /// The rest of the line is the command.
    fn command(&mut self) -> Result<(), Stop> {
        self.no_second_command()?;
        let rest = &self.args[self.at..];
        let Some(first) = rest.first() else {
            return usage(
                "Cannot process the command because of a missing parameter. A command must follow -Command.",
            );
        };
        if first == "-" {
            if rest.len() > 1 {
                return usage(
                    "'-' was specified with the -Command parameter; no other arguments to -Command are permitted.",
                );
            }
            if self.world.input_is_terminal {
                return usage(
                    "'-' was specified as the argument to -Command but standard input has not been redirected for this process.",
                );
            }
            self.source = Some(Source::Lines);
        } else {
            self.source = Some(Source::Command(rest.join(" ")));
        }
        Ok(())
    }

    fn encoded_command(&mut self) -> Result<(), Stop> {
        self.no_second_command()?;
        let text = self.value(
            "Cannot process the command because of a missing parameter. A command must follow -Command.",
            true,
        )?;
        let Some(command) = base64::utf16_text(&text) else {
            return usage(
                "Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.",
            );
        };
        self.source = Some(Source::Command(command));
        Ok(())
    }

    /// A script and, behind it, its arguments.
    fn file(&mut self) -> Result<(), Stop> {
        let Some(path) = self.args.get(self.at) else {
            return usage(
                "The command cannot be run because the File parameter requires a file path. Supply a path for the File parameter and then try the command again.",
            );
        };
        if path == "-" {
            // The session reads standard input with prompts.
            self.source = Some(Source::Prompt);
            return Ok(());
        }
        if !(self.world.file_exists)(path) {
            if let Some(name) = path.strip_prefix('-').filter(|name| !name.is_empty())
                && let Some(message) = did_you_mean(path, name)
            {
                return Err(Stop::Usage { message, with_usage: false });
            }
            return usage(&format!(
                "The argument '{path}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
            ));
        }
        self.source = Some(Source::File { path: path.clone(), args: self.args[self.at + 1..].to_vec() });
        Ok(())
    }

    fn format(&mut self, key: &str) -> Result<(), Stop> {
        let name = if key.to_ascii_lowercase().starts_with('o') { "OutputFormat" } else { "InputFormat" };
        let value = self.value(
            &format!("Cannot process the command because the -{name} parameter requires an argument. Valid formats are:\nText\nXML\n"),
            true,
        )?;
        match value {
            v if v.eq_ignore_ascii_case("Text") => Ok(()),
            v if v.eq_ignore_ascii_case("XML") => Err(Stop::Usage {
                message: format!("exsh does not have -{name} XML yet; it reads and writes Text."),
                with_usage: false,
            }),
            v => usage(&format!(
                "Cannot process the command because of an incorrect parameter value. \"{v}\" is not a valid format.  Valid formats are:\nText\nXML\n"
            )),
        }
    }

    fn value(&mut self, missing: &str, with_usage: bool) -> Result<String, Stop> {
        match self.args.get(self.at) {
            Some(value) => {
                self.at += 1;
                Ok(value.clone())
            }
            None => Err(Stop::Usage { message: missing.to_owned(), with_usage }),
        }
    }

    fn no_second_command(&self) -> Result<(), Stop> {
        match self.source {
            Some(Source::Command(_)) => usage(
                "Cannot process command because a command is already specified with -Command or -EncodedCommand.",
            ),
            _ => Ok(()),
        }
    }
}

/// A switch matches by any beginning that is at least as long as its shortest one.
fn matching(key: &str) -> Option<Switch> {
    let key = key.to_lowercase();
    SWITCHES
        .iter()
        .find(|(name, shortest, _)| key.len() >= shortest.len() && name.starts_with(&key))
        .map(|(_, _, switch)| *switch)
}

/// Parameters whose names contain what was typed.
fn did_you_mean(argument: &str, name: &str) -> Option<String> {
    const NAMES: &[&str] = &[
        "command",
        "encodedcommand",
        "executionpolicy",
        "file",
        "help",
        "inputformat",
        "interactive",
        "login",
        "noexit",
        "nologo",
        "noninteractive",
        "noprofile",
        "noprofileloadtime",
        "outputformat",
        "version",
        "workingdirectory",
    ];
    let name = name.to_lowercase();
    let close: Vec<String> =
        NAMES.iter().filter(|n| n.contains(&name)).map(|n| format!("\n  -{n}")).collect();
    (!close.is_empty()).then(|| format!("Invalid argument '{argument}', did you mean:\n{}", close.concat()))
}

fn usage<T>(message: &str) -> Result<T, Stop> {
    Err(Stop::Usage { message: message.to_owned(), with_usage: true })
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

fn is_dash_or_slash(c: char) -> bool {
    is_dash(c) || c == '/'
}

/// `status`, `init`, `serve`, `agent`, `help`: nothing when the first word is none of them.
fn verb(args: &[String]) -> Option<Result<Verb, String>> {
    let (first, rest) = args.split_first()?;
    let unknown = |arg: &String| format!("exsh {first} does not know '{arg}'.");
    let none = |verb: Verb| match rest.first() {
        None => Ok(verb),
        Some(arg) => Err(unknown(arg)),
    };
    Some(match first.as_str() {
        "status" => match rest {
            [] => Ok(Verb::Status { json: false }),
            [flag] if flag == "--json" => Ok(Verb::Status { json: true }),
            [.., arg] => Err(unknown(arg)),
        },
        "init" => init(rest),
        "serve" => none(Verb::Serve),
        "agent" => none(Verb::Agent),
        "help" => Ok(Verb::Help),
        _ => return None,
    })
}

fn init(rest: &[String]) -> Result<Verb, String> {
    let (mut version, mut server, mut domain) = (None, None, None);
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let place = match name {
            "--version" => &mut version,
            "--server" => &mut server,
            "--domain" => &mut domain,
            _ => {
                return Err(format!(
                    "exsh init does not know '{word}'. It takes --version, --server and --domain."
                ));
            }
        };
        let value = inline.or_else(|| words.next().cloned());
        *place = Some(value.ok_or_else(|| format!("exsh init: a value must follow {name}."))?);
    }
    Ok(Verb::Init { version, server, domain })
}

/// What `-Help` shows, and usage errors behind their message.
pub const USAGE: &str = "\
Usage: exsh [-Login] [[-File] <filePath> [args]]
            [-Command { - | <string> [<CommandParameters>] } ]
            [-EncodedCommand <Base64EncodedCommand>]
            [-ExecutionPolicy <ExecutionPolicy>] [-InputFormat Text]
            [-Interactive] [-NoExit] [-NoLogo] [-NonInteractive] [-NoProfile]
            [-OutputFormat Text] [-Version] [-WorkingDirectory <directoryPath>]

       exsh -h | -Help | -? | /?

       exsh status [--json]
       exsh init [--version 2016|2019|SE] [--server <name>] [--domain <domain>]
       exsh help

All parameters are case-insensitive.
";

/// What `-Help` shows behind the usage.
pub const HELP: &str = "
-File | -f
    Runs a script with the arguments behind it. With - the commands are read from standard input, with prompts.
    A first word that is no parameter is a script's path.

-Command | -c
    Runs the rest of the line as if it had been typed. With - the commands are read from standard input; a block over
    several lines needs an empty line behind it.

-EncodedCommand | -e | -ec
    Runs a command given as Base64 of UTF-16LE text.

-NoExit | -noe
    Goes on with a prompt after the script or command.

-NoLogo | -nol, -NoProfile | -nop, -Login | -l, -ExecutionPolicy | -ex | -ep
    Taken for the sake of scripts.

-NonInteractive | -noni
    Asks nothing: a question is an error.

-WorkingDirectory | -wo | -wd
    The folder in which the session starts.

-Version | -v
    Shows the version.

status
    Shows each server's services, the certificate each uses now and after its next restart, the days left, and what
    needs attention. --json gives it to machines.

init
    Makes the organization with its first server, or a further server, with the certificates of a fresh Exchange
    server. Without it the first command that needs the state makes a server named after this machine.

Environment
    EXSH_STATE       the state's file (otherwise $XDG_STATE_HOME/exsh/state.db or ~/.local/state/exsh/state.db)
    EXSH_KEY_FILE    the file with the key that seals private keys (otherwise beside the state)
    EXSH_FILES       the folder that stands for Windows paths (otherwise files beside the state)
    NO_COLOR         no colours
";

#[cfg(test)]
mod tests;
