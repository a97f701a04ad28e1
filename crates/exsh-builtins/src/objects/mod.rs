//! Picking, sorting, grouping, measuring and changing objects.

pub mod add_member;
pub mod compare_object;
pub mod for_each_object;
pub mod get_member;
pub mod get_unique;
pub mod group_object;
pub mod measure_object;
pub mod member_kinds;
pub mod new_object;
pub mod select_object;
pub mod sort_keys;
pub mod sort_object;
pub mod tee_object;
pub mod where_object;
