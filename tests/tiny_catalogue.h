/* tests/tiny_catalogue.h — a catalogue in memory for tests of intake: two agencies, six indicators, seven regions. */
#ifndef GB_TESTS_TINY_CATALOGUE_H
#define GB_TESTS_TINY_CATALOGUE_H
#include "catalogue/catalogue.h"

static struct gb_region_version tiny_version[] = {
    { .name = "Tỉnh Thanh Hóa", .type = "province" },
    { .name = "Phường Hàm Rồng", .type = "ward", .from = { 2025, 7, 1 } },
    { .name = "Xã Ba Đình", .type = "commune" },
    { .name = "Trạm Mường Lát", .type = "station" },
    { .name = "Huyện cũ", .type = "district", .to = { 2025, 6, 30 } },
    { .name = "Xã Long Phước", .type = "commune", .from = { 2025, 7, 1 }, .to = { 2026, 4, 29 } },
    { .name = "Phường Long Phước", .type = "ward", .from = { 2026, 4, 30 } },
    { .name = "Không phân bổ", .type = "unallocated" },
};
static struct gb_region tiny_region[] = {
    { .code = "38", .parent = -1, .level = GB_AT_PROVINCE, .version = &tiny_version[0], .n_versions = 1 },
    { .code = "14758", .parent = 0, .level = GB_AT_COMMUNE, .version = &tiny_version[1], .n_versions = 1 },
    { .code = "00004", .parent = 0, .level = GB_AT_COMMUNE, .version = &tiny_version[2], .n_versions = 1 },
    { .code = "tv-muong-lat", .parent = 0, .level = GB_AT_POINT, .version = &tiny_version[3], .n_versions = 1 },
    { .code = "380", .parent = 0, .level = GB_AT_DISTRICT, .version = &tiny_version[4], .n_versions = 1 },
    { .code = "26071", .parent = 0, .level = GB_AT_COMMUNE, .version = &tiny_version[5], .n_versions = 2 },
    { .code = "99999", .parent = 0, .level = GB_AT_COMMUNE, .version = &tiny_version[7], .n_versions = 1 },
};
static int tiny_owner_health[] = { 0 }, tiny_owner_police[] = { 1 };
static struct gb_indicator tiny_indicator[] = {
    { .code = "ep.cases", .name_vi = "Số ca mắc", .unit_vi = "ca", .freq = GB_FREQ_DAY, .level = GB_AT_COMMUNE, .scale = 0,
      .has_min = true, .valid_min = 0, .has_max = true, .valid_max = 20000, .owner = tiny_owner_health, .n_owners = 1 },
    { .code = "ep.rate", .name_vi = "Tỷ lệ mắc", .unit_vi = "%", .freq = GB_FREQ_MONTH, .level = GB_AT_COMMUNE, .scale = 3,
      .decimals = 1, .owner = tiny_owner_health, .n_owners = 1 },
    { .code = "ep.big", .name_vi = "Số rất lớn", .unit_vi = "đồng", .freq = GB_FREQ_YEAR, .level = GB_AT_PROVINCE, .scale = 0,
      .owner = tiny_owner_health, .n_owners = 1 },
    { .code = "ep.micro", .name_vi = "Số sáu chữ số thập phân", .unit_vi = "g", .freq = GB_FREQ_YEAR, .level = GB_AT_PROVINCE,
      .scale = 6, .owner = tiny_owner_health, .n_owners = 1 },
    { .code = "crime.cases", .name_vi = "Số vụ", .unit_vi = "vụ", .freq = GB_FREQ_MONTH, .level = GB_AT_COMMUNE, .scale = 0,
      .owner = tiny_owner_police, .n_owners = 1 },
    { .code = "ep.hourly", .name_vi = "Số theo giờ", .unit_vi = "m", .freq = GB_FREQ_HOUR, .level = GB_AT_POINT, .scale = 2,
      .decimals = 2, .owner = tiny_owner_health, .n_owners = 1 },
};
static struct gb_agency tiny_agency[] = {
    { .code = "so-y-te", .name_vi = "Sở Y tế", .short_vi = "Sở Y tế", .decimal = '.' },
    { .code = "cong-an", .name_vi = "Công an tỉnh", .short_vi = "Công an", .decimal = '.' },
    { .code = "so-y-te-cu", .name_vi = "Sở Y tế (cũ)", .short_vi = "SYT cũ", .decimal = ',', .grouping = '.' },
};

/* Static parts, maps built anew; ends with tiny_release(). */
static inline void tiny_catalogue(struct gb_catalogue *c)
{
    *c = (struct gb_catalogue){ .indicator = tiny_indicator, .n_indicators = sizeof tiny_indicator / sizeof *tiny_indicator,
                                .region = tiny_region, .n_regions = sizeof tiny_region / sizeof *tiny_region,
                                .agency = tiny_agency, .n_agencies = sizeof tiny_agency / sizeof *tiny_agency };
    gb_map_init(&c->by_indicator);
    gb_map_init(&c->by_region);
    gb_map_init(&c->by_agency);
    for (int i = 0; i < c->n_indicators; i++) gb_map_put(&c->by_indicator, c->indicator[i].code, strlen(c->indicator[i].code), i);
    for (int i = 0; i < c->n_regions; i++) gb_map_put(&c->by_region, c->region[i].code, strlen(c->region[i].code), i);
    for (int i = 0; i < c->n_agencies; i++) gb_map_put(&c->by_agency, c->agency[i].code, strlen(c->agency[i].code), i);
}
static inline void tiny_release(struct gb_catalogue *c)
{
    gb_map_release(&c->by_indicator);
    gb_map_release(&c->by_region);
    gb_map_release(&c->by_agency);
}
#endif
