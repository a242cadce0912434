// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

/// A table of date, time of day, temperature, humidity and a number nobody named, as an engine would
/// tell of it: the mapping's roles and units are in the answer, the 3rd record is quarantined.
inline meteorograph::MappingPreview samplePreview(const meteorograph::Mapping &mapping = {}) {
  using namespace meteorograph;
  MappingPreview preview;
  Inference &inference = preview.inference;
  inference.format = "CSV, separated by ';', decimal comma, 5 columns";
  inference.mapping = mapping;
  inference.mapping.format = Mapping::Format::Delimited;
  inference.mapping.delimiter = ';';
  inference.mapping.decimal = ',';
  inference.mapping.header = true;
  inference.mapping.skip_lines = 0;
  if (inference.mapping.time.empty())
    inference.mapping.time = {{"Date", {}, "%d/%m/%Y"}, {"Time", {}, "%H.%M.%S"}};
  if (inference.mapping.zone.empty())
    inference.mapping.zone = "UTC";
  inference.mapping.device = Mapping::DeviceRule{{}, {}, "station"};
  inference.fields = {
      {"Date", 1, FieldUse::Time, "", "", false, "", "the date; the time of day is beside it"},
      {"Time", 2, FieldUse::Time, "", "", false, "", ""},
      {"T", 3, FieldUse::Quantity, "temperature", "°C", true, "", "named like a temperature"},
      {"RH", 4, FieldUse::Quantity, "humidity", "%", false, "", ""},
      {"No", 5, FieldUse::Attribute, "", "", false, "", "counts the rows"}};
  for (int i = 0; i < 50; ++i) {
    PreviewRow row;
    row.line = i + 2;
    row.cells = {"10/03/2004", std::to_string(10 + i % 10) + ".00.00", std::to_string(13 + i % 3) + ",6",
                 std::to_string(48 + i % 5) + ",9", std::to_string(i)};
    if (i == 2) {
      row.outcome = PreviewRow::Outcome::Quarantined;
      row.reason = "no number in T";
      row.cells[2] = "#ERR";
    }
    preview.rows.push_back(row);
  }
  preview.counts = {4933, 4931, 1, 1};
  preview.sample_bytes = 1'000'000;
  preview.file_bytes = 4'000'000;
  const std::int32_t device = preview.batch.deviceIndex("station");
  const std::size_t temperature = preview.batch.quantityColumn("temperature", "°C");
  for (int i = 0; i < 20; ++i) {
    ReadingRow row;
    row.device = device;
    row.event_time_us = 1'078'941'600 * kSecond + i * kHour;
    preview.batch.setValue(preview.batch.addRow(row), temperature, 13.6);
  }
  return preview;
}
