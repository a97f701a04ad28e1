//! UM and UMCallRouter need UMStartupMode TLS or Dual and exist on 2016 servers only (rule 6).

use super::wording;
use exsh_state::model::{Server, ServerVersion, Services, UmStartupMode};
use exsh_state::{Store, StoreError};

/// Nothing, or the text of the refusal.
pub fn refusal(store: &dyn Store, server: &Server, services: Services) -> Result<Option<String>, StoreError> {
    for (flag, word, cmdlet) in [
        (Services::UM, "UM", "Set-UMService"),
        (Services::UM_CALL_ROUTER, "UMCallRouter", "Set-UMCallRouterSettings"),
    ] {
        if !services.contains(flag) {
            continue;
        }
        if !exists_on(server) {
            return Ok(Some(wording::no_unified_messaging(word, &server.name, server.version_name.as_str())));
        }
        let mode = if flag == Services::UM {
            store.um_service(server.id)?.map(|um| um.um_startup_mode)
        } else {
            store.um_call_router(server.id)?.map(|router| router.um_startup_mode)
        };
        if mode.is_none_or(|mode| mode == UmStartupMode::Tcp) {
            return Ok(Some(wording::startup_mode_is_tcp(word, cmdlet, &server.name)));
        }
    }
    Ok(None)
}

pub fn exists_on(server: &Server) -> bool {
    server.version_name == ServerVersion::Exchange2016
}
