//! From objects to what is shown.

pub mod file_output;
pub mod format_custom;
pub mod format_list;
pub mod format_table;
pub mod format_wide;
pub mod host_output;
pub mod out_default;
pub mod out_file;
pub mod out_host;
pub mod out_null;
pub mod out_string;
pub mod shaping;
