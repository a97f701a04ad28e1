//! A server to try cmdlets on: a fresh state, the host of the test kit, and commands called by name.

use exsh_cmdlets::ExchangeContext;
use exsh_cmdlets::organization::{Plan, init};
use exsh_core::cmdlet::Command;
use exsh_core::error::Flow;
use exsh_core::value::Value;
use exsh_pki::{PfxParts, PfxProtection, write_pfx};
use exsh_state::model::{Server, ServerVersion, Thumbprint};
use exsh_state::{Change, Location, Store};
use exsh_testkit::{FakeHost, FakeShell, Minted, Recorder, TemporaryState, Told, bind};
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{LazyLock, Mutex};

/// Fresh states by version, made once: three RSA keys each are what takes time.
static FRESH: LazyLock<Mutex<HashMap<&'static str, PathBuf>>> = LazyLock::new(Mutex::default);

pub struct Lab {
    pub state: TemporaryState,
    pub context: Rc<ExchangeContext>,
    commands: Vec<Command>,
    /// Unix seconds.
    pub now: i64,
    pub answers: Vec<bool>,
    pub what_if: bool,
    pub meanwhile: Option<Box<dyn FnOnce()>>,
}

impl Lab {
    /// EX01 of contoso.com, version SE.
    pub fn new() -> Lab {
        Lab::of_version(ServerVersion::ExchangeSe)
    }

    pub fn of_version(version: ServerVersion) -> Lab {
        let folder = {
            let mut made = FRESH.lock().unwrap();
            made.entry(version.as_str()).or_insert_with(|| fresh(version)).clone()
        };
        Lab::at(TemporaryState::copy_of(&folder).unwrap())
    }

    /// A session of its own on a state that another lab holds.
    pub fn beside(location: Location) -> Lab {
        Lab::on(TemporaryState::new().unwrap(), location)
    }

    pub fn at(state: TemporaryState) -> Lab {
        let location = state.location();
        Lab::on(state, location)
    }

    fn on(state: TemporaryState, location: Location) -> Lab {
        let context = ExchangeContext::new(Ok(location));
        let commands = exsh_cmdlets::commands(Rc::clone(&context));
        Lab {
            state,
            context,
            commands,
            now: exsh_testkit::NOW,
            answers: Vec::new(),
            what_if: false,
            meanwhile: None,
        }
    }

    /// Calls a cmdlet once. A terminating error is the last of the errors.
    pub fn run(&mut self, name: &str, arguments: &[(&str, Value)]) -> Told {
        let command = self.commands.iter().find(|c| c.decl.name == name).unwrap();
        let bound = bind(command.decl, arguments).unwrap();
        let mut out = Recorder { name: name.to_owned(), what_if: self.what_if, ..Recorder::default() };
        out.shell.host = self.host();
        out.shell.folder = self.state.folder().to_owned();
        out.answers = std::mem::take(&mut self.answers).into();
        out.meanwhile = self.meanwhile.take();
        let mut cmdlet = (command.make)();
        let done = cmdlet
            .begin(&bound, &mut out)
            .and_then(|()| cmdlet.process(&bound, &mut out))
            .and_then(|()| cmdlet.end(&bound, &mut out));
        if let Err(flow) = done {
            let Flow::Error(record) = *flow else { panic!("{name} left in an unexpected way") };
            out.told.errors.push(Rc::try_unwrap(record).unwrap_or_else(|_| panic!("the record is ours")));
        }
        out.told
    }

    /// As [`Lab::run`], where everything is expected to go well.
    pub fn good(&mut self, name: &str, arguments: &[(&str, Value)]) -> Told {
        let told = self.run(name, arguments);
        let errors: Vec<_> = told.errors.iter().map(|e| e.message().to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
        told
    }

    pub fn host(&self) -> FakeHost {
        FakeHost { now: self.now, ..FakeHost::default() }
    }

    pub fn store(&self) -> &dyn Store {
        self.context.store(&mut self.host()).unwrap_or_else(|_| panic!("the state opens"))
    }

    pub fn apply(&self, change: Change) {
        self.store().apply(vec![change]).unwrap();
    }

    pub fn server(&self) -> Server {
        self.store().server_by_name("EX01").unwrap().unwrap()
    }

    /// Imports a certificate with its key and gives the thumbprint.
    pub fn import(&mut self, minted: &Minted) -> String {
        let bytes = pfx(minted, "secret");
        let told = self.good(
            "Import-ExchangeCertificate",
            &[
                ("FileData", Value::bytes(&bytes)),
                ("Password", password("secret")),
                ("PrivateKeyExportable", Value::TRUE),
            ],
        );
        property(&told.values[0], "Thumbprint")
    }

    pub fn enable(&mut self, thumbprint: &str, services: &str) -> Told {
        self.run(
            "Enable-ExchangeCertificate",
            &[("Thumbprint", text(thumbprint)), ("Services", text(services))],
        )
    }

    /// The services that Get-ExchangeCertificate shows.
    pub fn services(&mut self, thumbprint: &str) -> String {
        let told = self.good("Get-ExchangeCertificate", &[("Thumbprint", text(thumbprint))]);
        property(&told.values[0], "Services")
    }

    /// Thumbprint of the certificate that setup made for all services.
    pub fn setup_thumbprint(&self) -> String {
        self.server().internal_transport.unwrap().to_string()
    }
}

fn fresh(version: ServerVersion) -> PathBuf {
    let state = TemporaryState::new().unwrap();
    let store = exsh_state::open(&state.location()).unwrap();
    let mut host = FakeHost::default();
    let plan = Plan::new(&host, Some(version), Some("EX01"), Some("contoso.com")).unwrap();
    if init(&*store, &mut host, &plan).is_err() {
        panic!("a fresh state takes a server");
    }
    let folder = state.folder().to_owned();
    // Kept for the life of the process; the folder lies among temporary files.
    std::mem::forget(state);
    folder
}

pub fn pfx(minted: &Minted, clear: &str) -> Vec<u8> {
    pfx_with(minted, clear, &[])
}

pub fn pfx_with(minted: &Minted, clear: &str, chain: &[exsh_pki::Certificate]) -> Vec<u8> {
    write_pfx(&PfxParts {
        certificate: &minted.certificate,
        key: Some(&minted.key),
        chain,
        friendly_name: Some("From a file"),
        password: clear,
        protection: PfxProtection::default(),
    })
    .unwrap()
}

pub fn text(text: &str) -> Value {
    Value::text(text)
}

pub fn password(clear: &str) -> Value {
    Value::object(exsh_dotnet::security::SecureString::new(clear))
}

pub fn thumbprint(text: &str) -> Thumbprint {
    Thumbprint::from_hex(text).unwrap()
}

/// A property's value.
pub fn read(value: &Value, name: &str) -> Value {
    let info = value.type_info().unwrap();
    let property = info.members.properties.iter().find(|p| p.name == name);
    let property = property.unwrap_or_else(|| panic!("{} has no property {name}", info.name));
    (property.get)(&mut FakeShell::default(), value).unwrap_or_else(|_| panic!("{name} can be read"))
}

/// A property's text.
pub fn property(value: &Value, name: &str) -> String {
    exsh_dotnet::text::to_text(&read(value, name)).as_str().to_owned()
}

/// Messages of the errors.
pub fn messages(told: &Told) -> Vec<String> {
    told.errors.iter().map(|e| e.message().to_string()).collect()
}

/// The text behind the RPC prefix of EX01.
pub fn rpc(text: &str) -> String {
    format!("A special Rpc error occurs on server EX01: {text}")
}
