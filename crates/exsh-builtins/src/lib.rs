//! The general cmdlets, one file each, foldered by subject.
//!
//! Each file declares its cmdlet as constant data and implements it; [`commands`] is the single list of all of them, and
//! [`default_aliases`] the aliases of a new session. Nothing here knows the parser or the evaluator: a script block is a
//! value that only the output side can run.

mod added_members;
mod commands;
mod data;
mod default_aliases;
mod files;
mod format;
mod help;
mod host;
mod io_failure;
mod objects;
mod ordering;
mod parameter;
mod property;
mod random;
mod record;
mod refuse;
mod search;
mod security;
mod session_items;
mod streams;
mod text_encoding;
mod time;
mod variables;

use exsh_core::cmdlet::{Cmdlet, CmdletDecl};

pub use commands::set_strict_mode::VARIABLE as STRICT_MODE_VARIABLE;

/// A cmdlet: its declaration and how one invocation is made.
pub type Entry = (&'static CmdletDecl, fn() -> Box<dyn Cmdlet>);

/// All cmdlets, in order of name.
pub fn commands() -> &'static [Entry] {
    COMMANDS
}

/// The syntax lines of a cmdlet, as `Get-Command -Syntax` gives them.
pub fn syntax(decl: &'static CmdletDecl) -> String {
    commands::signature::Signature::of_cmdlet(decl).definition()
}

/// Aliases of a new session and what they stand for; some stand for commands that are not there yet.
pub fn default_aliases() -> &'static [(&'static str, &'static str)] {
    default_aliases::ALIASES
}

static COMMANDS: &[Entry] = &[
    (&files::add_content::DECL, files::add_content::make),
    (&objects::add_member::DECL, objects::add_member::make),
    (&files::clear_content::DECL, files::clear_content::make),
    (&variables::clear_variable::DECL, variables::clear_variable::make),
    (&objects::compare_object::DECL, objects::compare_object::make),
    (&files::convert_path::DECL, files::convert_path::make),
    (&data::convert_from_csv::DECL, data::convert_from_csv::make),
    (&data::convert_from_json::DECL, data::convert_from_json::make),
    (&security::convert_from_secure_string::DECL, security::convert_from_secure_string::make),
    (&data::convert_from_string_data::DECL, data::convert_from_string_data::make),
    (&data::convert_to_csv::DECL, data::convert_to_csv::make),
    (&data::convert_to_json::DECL, data::convert_to_json::make),
    (&security::convert_to_secure_string::DECL, security::convert_to_secure_string::make),
    (&files::copy_item::DECL, files::copy_item::make),
    (&data::export_csv::DECL, data::export_csv::make),
    (&objects::for_each_object::DECL, objects::for_each_object::make),
    (&format::format_custom::DECL, format::format_custom::make),
    (&format::format_list::DECL, format::format_list::make),
    (&format::format_table::DECL, format::format_table::make),
    (&format::format_wide::DECL, format::format_wide::make),
    (&commands::get_alias::DECL, commands::get_alias::make),
    (&files::get_child_item::DECL, files::get_child_item::make),
    (&commands::get_command::DECL, commands::get_command::make),
    (&files::get_content::DECL, files::get_content::make),
    (&security::get_credential::DECL, security::get_credential::make),
    (&host::get_culture::DECL, host::get_culture::make),
    (&time::get_date::DECL, time::get_date::make),
    (&help::get_help::DECL, help::get_help::make),
    (&host::get_host::DECL, host::get_host::make),
    (&files::get_item::DECL, files::get_item::make),
    (&files::get_location::DECL, files::get_location::make),
    (&objects::get_member::DECL, objects::get_member::make),
    (&random::get_random::DECL, random::get_random::make),
    (&host::get_ui_culture::DECL, host::get_ui_culture::make),
    (&objects::get_unique::DECL, objects::get_unique::make),
    (&variables::get_variable::DECL, variables::get_variable::make),
    (&commands::get_verb::DECL, commands::get_verb::make),
    (&objects::group_object::DECL, objects::group_object::make),
    (&data::import_csv::DECL, data::import_csv::make),
    (&commands::invoke_command::DECL, commands::invoke_command::make),
    (&commands::invoke_expression::DECL, commands::invoke_expression::make),
    (&files::join_path::DECL, files::join_path::make),
    (&data::join_string::DECL, data::join_string::make),
    (&commands::measure_command::DECL, commands::measure_command::make),
    (&objects::measure_object::DECL, objects::measure_object::make),
    (&files::move_item::DECL, files::move_item::make),
    (&commands::new_alias::DECL, commands::new_alias::make),
    (&random::new_guid::DECL, random::new_guid::make),
    (&files::new_item::DECL, files::new_item::make),
    (&objects::new_object::DECL, objects::new_object::make),
    (&time::new_time_span::DECL, time::new_time_span::make),
    (&variables::new_variable::DECL, variables::new_variable::make),
    (&format::out_default::DECL, format::out_default::make),
    (&format::out_file::DECL, format::out_file::make),
    (&format::out_host::DECL, format::out_host::make),
    (&format::out_null::DECL, format::out_null::make),
    (&format::out_string::DECL, format::out_string::make),
    (&files::pop_location::DECL, files::pop_location::make),
    (&files::push_location::DECL, files::push_location::make),
    (&host::read_host::DECL, host::read_host::make),
    (&commands::remove_alias::DECL, commands::remove_alias::make),
    (&files::remove_item::DECL, files::remove_item::make),
    (&variables::remove_variable::DECL, variables::remove_variable::make),
    (&files::rename_item::DECL, files::rename_item::make),
    (&files::resolve_path::DECL, files::resolve_path::make),
    (&objects::select_object::DECL, objects::select_object::make),
    (&files::select_string::DECL, files::select_string::make),
    (&commands::set_alias::DECL, commands::set_alias::make),
    (&files::set_content::DECL, files::set_content::make),
    (&files::set_location::DECL, files::set_location::make),
    (&commands::set_strict_mode::DECL, commands::set_strict_mode::make),
    (&variables::set_variable::DECL, variables::set_variable::make),
    (&objects::sort_object::DECL, objects::sort_object::make),
    (&files::split_path::DECL, files::split_path::make),
    (&time::start_sleep::DECL, time::start_sleep::make),
    (&objects::tee_object::DECL, objects::tee_object::make),
    (&files::test_path::DECL, files::test_path::make),
    (&objects::where_object::DECL, objects::where_object::make),
    (&streams::write_debug::DECL, streams::write_debug::make),
    (&streams::write_error::DECL, streams::write_error::make),
    (&streams::write_host::DECL, streams::write_host::make),
    (&streams::write_information::DECL, streams::write_information::make),
    (&streams::write_output::DECL, streams::write_output::make),
    (&streams::write_progress::DECL, streams::write_progress::make),
    (&streams::write_verbose::DECL, streams::write_verbose::make),
    (&streams::write_warning::DECL, streams::write_warning::make),
];
