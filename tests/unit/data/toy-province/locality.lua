-- A made-up province of seven communes for tests of maps: an enclave, an island, a commune without outline, two stations.
return {
  slug = "toy-province", code = "90", name = "Tỉnh Mẫu", short_name = "Mẫu", kind = "province", root_region = "90",
  recipients = { "- Lưu: VT." },
}
