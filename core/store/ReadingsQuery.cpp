// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ReadingsQuery.h"

#include "core/store/BronzePages.h"
#include "core/store/Schema.h"

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {

/// Counted no further: nobody needs to know it more exactly.
constexpr std::int64_t kMostCounted = 100'000;

/// What BronzePages does not tell of a reading.
bool addDetails(Database &database, std::vector<StoredReading> &readings) {
  Statement row = database.prepareOnce(
      "SELECT b.received_time_us, b.flags, coalesce(b.rescued, ''), b.\"offset\", coalesce(f.path, '')"
      " FROM bronze b LEFT JOIN file f ON f.id = b.file_id WHERE b.id = ?");
  for (StoredReading &reading : readings) {
    if (row.bind(1, reading.id).next()) {
      reading.received_time_us = row.time(0);
      reading.flags = row.integer(1);
      reading.rescued = row.text(2);
      reading.offset = row.count(3);
      reading.file = row.text(4);
    } else if (row.failed()) {
      return false;
    }
    row.reset();
  }
  return true;
}

/// A store may know hundreds of quantities, a device has a few.
void dropAbsentQuantities(ReadingsOfWindow &answer) {
  for (std::size_t q = answer.quantities.size(); q-- > 0;) {
    if (std::any_of(answer.readings.begin(), answer.readings.end(),
                    [q](const StoredReading &reading) { return !std::isnan(reading.values[q]); }))
      continue;
    const auto at = static_cast<std::ptrdiff_t>(q);
    answer.quantities.erase(answer.quantities.begin() + at);
    for (StoredReading &reading : answer.readings)
      reading.values.erase(reading.values.begin() + at);
  }
}

} // namespace

Result<ReadingsOfWindow> readReadings(Database &database, const ReadingsRequest &request,
                                      const std::atomic<bool> *cancelled) {
  ReadingsOfWindow answer;
  answer.quantities = loadQuantities(database);
  sortForPeople(answer.quantities);
  BronzePages pages(database, answer.quantities, request.device, request.from_us, request.to_us);
  while (answer.total < kMostCounted && pages.next()) {
    if (cancelled && *cancelled)
      return fail(ErrorCode::Cancelled, "the query was withdrawn");
    answer.total += static_cast<std::int64_t>(pages.readings().size());
    for (const BronzePages::Reading &reading : pages.readings()) {
      if (answer.readings.size() >= request.limit)
        break;
      const std::span<const double> values = pages.valuesOf(reading);
      StoredReading stored;
      stored.id = reading.id;
      stored.event_time_us = reading.time_us;
      stored.values.assign(values.begin(), values.end());
      stored.file_id = reading.file_id;
      stored.line = reading.line;
      answer.readings.push_back(std::move(stored));
    }
  }
  answer.more = answer.total >= kMostCounted;
  if (pages.failed() || !addDetails(database, answer.readings))
    return tl::unexpected(database.error("cannot read the store"));
  dropAbsentQuantities(answer);
  return answer;
}

} // namespace meteorograph
