//! CSV, JSON and other forms of data.

pub mod convert_from_csv;
pub mod convert_from_json;
pub mod convert_from_string_data;
pub mod convert_to_csv;
pub mod convert_to_json;
pub mod csv;
pub mod csv_reader;
pub mod csv_writer;
pub mod export_csv;
pub mod import_csv;
pub mod join_string;
pub mod json_builder;
pub mod json_lenient;
pub mod json_reader;
pub mod json_writer;
