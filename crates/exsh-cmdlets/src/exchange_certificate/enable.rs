//! Enable-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/enable-exchangecertificate
//!
//! What is refused, left out or asked stands in `rules`; here is the order: judge, warn, confirm, ask, commit.
//! `-DoNotRequireSsl` and `-NetworkServiceAllowed` are kept in the audit trail: the state has neither a web site's
//! SSL setting nor access rules of keys.

use super::shared::{Named, Target, Teller, audit_name, confirm, date_text, report};
use crate::errors;
use crate::rules::internal_transport::{self, Role};
use crate::rules::status::Judge;
use crate::rules::{additive_assignment, assignable, carried_services, unified_messaging, wildcard, wording};
use crate::session::{Decision, ExchangeContext, audit, unix_now};
use crate::types::exchange_certificate::AllowedServices;
use crate::types::parameters::{CertificateId, Fqdn, ServerName, TypedThumbprint};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_state::model::{CertificateRow, Server, Services, Thumbprint};
use std::rc::Rc;

const BY_THUMBPRINT: u32 = 1;
const BY_IDENTITY: u32 = 2;

const THUMBPRINT: Param<TypedThumbprint> = Param::new(0, "Thumbprint")
    .sets(BY_THUMBPRINT)
    .position(0)
    .mandatory()
    .from_pipeline()
    .by_property_name();
const IDENTITY: Param<CertificateId> = Param::new(1, "Identity").sets(BY_IDENTITY).position(0);
const SERVICES: Param<AllowedServices> = Param::new(2, "Services").mandatory();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(3, "DomainController");
const DO_NOT_REQUIRE_SSL: Param<Switch> = Param::new(4, "DoNotRequireSsl");
const FORCE: Param<Switch> = Param::new(5, "Force");
const NETWORK_SERVICE_ALLOWED: Param<Switch> = Param::new(6, "NetworkServiceAllowed");
const SERVER: Param<ServerName> = Param::new(7, "Server").sets(BY_THUMBPRINT);

const NAME: &str = "Enable-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[
        THUMBPRINT.spec,
        IDENTITY.spec,
        SERVICES.spec,
        DOMAIN_CONTROLLER.spec,
        DO_NOT_REQUIRE_SSL.spec,
        FORCE.spec,
        NETWORK_SERVICE_ALLOWED.spec,
        SERVER.spec,
    ],
    include_str!("enable.md"),
)
.sets(&["Thumbprint", "Identity"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.EnableExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote();

pub struct Enable {
    context: Rc<ExchangeContext>,
}

impl Enable {
    pub fn new(context: Rc<ExchangeContext>) -> Enable {
        Enable { context }
    }
}

impl Cmdlet for Enable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let context = &*self.context;
        let teller = Teller { context, cmdlet: NAME };
        let named = Named {
            thumbprint: bound.get(&THUMBPRINT),
            identity: bound.get(&IDENTITY),
            server: bound.get(&SERVER),
        };
        let Some(target) = teller.target(out, named)? else { return Ok(()) };
        let Some(row) = teller.row(out, &target)? else { return Ok(()) };
        let asked = bound.get(&SERVICES).map_or(Services::NONE, |services| services.0);
        if let Some(no) = refusal(context, out, &target.server, &row, asked)? {
            let record = teller.record(out, &target.server, no.category, &no.text);
            return out.error(match no.advice {
                Some(advice) => record.advice(advice),
                None => record,
            });
        }
        let (services, warnings) = wildcard::take_out(&row, asked);
        for warning in &warnings {
            out.warn(warning)?;
        }
        if services.is_empty() {
            return Ok(());
        }
        let list = carried_services::text(services);
        let sentence = wording::enabling(&row.thumbprint.to_string(), &list, &target.server.name);
        if !confirm(out, &sentence)? {
            return Ok(());
        }
        let answer = ask_for_role(context, out, &target.server, &row, services, bound.on(&FORCE))?;
        let mut what = format!("Services {list}");
        for (switch, word) in
            [(&DO_NOT_REQUIRE_SSL, "DoNotRequireSsl"), (&NETWORK_SERVICE_ALLOWED, "NetworkServiceAllowed")]
        {
            if bound.on(switch) {
                what = format!("{what}, {word}");
            }
        }
        commit(&teller, out, &target, services, answer, &what)
    }
}

/// What the operator settled about the internal transport certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleAnswer {
    pub take: bool,
    /// Who had the role when it was asked; the answer holds for that one only.
    pub asked_about: Option<Thumbprint>,
}

/// Asks M01 where another certificate has the role, unless `force` says yes.
pub fn ask_for_role(
    context: &ExchangeContext,
    out: &mut dyn Out,
    server: &Server,
    row: &CertificateRow,
    services: Services,
    force: bool,
) -> Result<RoleAnswer> {
    let current = match internal_transport::role(server, row.thumbprint, services) {
        Role::Stays => return Ok(RoleAnswer { take: false, asked_about: None }),
        Role::Vacant => return Ok(RoleAnswer { take: true, asked_about: None }),
        Role::HeldBy(_) if force => return Ok(RoleAnswer { take: true, asked_about: None }),
        Role::HeldBy(current) => current,
    };
    let held = context.store(out.host())?.certificate(server.id, &current).map_err(errors::state)?;
    let current_expires = held.map(|held| date_text(out, held.not_after)).unwrap_or_default();
    let new_expires = date_text(out, row.not_after);
    let question = internal_transport::question(&current, &current_expires, &row.thumbprint, &new_expires);
    let take = out.ask(&question, "Confirm", true)?;
    Ok(RoleAnswer { take, asked_about: Some(current) })
}

/// Did somebody else change the role between question and commit? An answer then answers nothing.
pub fn answer_is_stale(server: &Server, certificate: Thumbprint, answer: RoleAnswer) -> bool {
    answer.take
        && answer.asked_about.is_some()
        && server.internal_transport != answer.asked_about
        && server.internal_transport != Some(certificate)
}

/// Why nothing is assigned.
struct Refusal {
    category: Category,
    text: String,
    advice: Option<&'static str>,
}

fn refusal(
    context: &ExchangeContext,
    out: &mut dyn Out,
    server: &Server,
    row: &CertificateRow,
    services: Services,
) -> Result<Option<Refusal>> {
    let now = unix_now(out.host());
    let store = context.store(out.host())?;
    let judge = Judge::load(store, server.id, now).map_err(errors::state)?;
    if let Err(why) = assignable::check(row, judge.verdict(row).status) {
        let text = assignable::message(row, why);
        let advice = Some(wording::advice_unusable(why.0));
        return Ok(Some(Refusal { category: assignable::CATEGORY, text, advice }));
    }
    let refuse = |category, text| Some(Refusal { category, text, advice: None });
    if services.is_empty() {
        return Ok(refuse(Category::InvalidArgument, wording::no_service_named()));
    }
    if services.contains(Services::FEDERATION) {
        return Ok(refuse(Category::InvalidArgument, wording::federation_is_not_enabled()));
    }
    let um = unified_messaging::refusal(store, server, services).map_err(errors::state)?;
    Ok(um.and_then(|text| refuse(Category::InvalidOperation, text)))
}

fn commit(
    teller: &Teller<'_>,
    out: &mut dyn Out,
    target: &Target,
    services: Services,
    answer: RoleAnswer,
    what: &str,
) -> Result<()> {
    let what = match answer {
        RoleAnswer { asked_about: None, take: true } => format!("{what}; default SMTP certificate"),
        RoleAnswer { asked_about: Some(_), take: true } => format!("{what}; default SMTP certificate: Yes"),
        RoleAnswer { asked_about: Some(_), take: false } => format!("{what}; default SMTP certificate: No"),
        _ => what.to_owned(),
    };
    let entry = audit(out, NAME, &target.server, &audit_name(&target.server, &target.thumbprint), &what);
    let done = teller.context.change(out.host(), |store, host| {
        let server = store.server(target.server.id).map_err(errors::state)?.unwrap_or(target.server.clone());
        let row = store.certificate(server.id, &target.thumbprint).map_err(errors::state)?;
        let Some(row) = row else {
            let text = assignable::not_found_message(&target.thumbprint.to_string());
            return Err(errors::rpc(host, &server, NAME, Category::NotSpecified, &text).into());
        };
        if answer_is_stale(&server, row.thumbprint, answer) {
            let text = wording::default_changed_meanwhile();
            return Err(errors::rpc(host, &server, NAME, Category::ResourceBusy, &text).into());
        }
        let mut changes = additive_assignment::changes(store, &server, &row, services, answer.take)
            .map_err(errors::state)?;
        changes.push(entry.clone());
        Ok(Decision { changes, result: () })
    });
    match done {
        Ok(()) => Ok(()),
        Err(flow) => report(out, flow),
    }
}
