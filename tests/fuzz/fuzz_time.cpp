// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Time.h"
#include "core/source/TimeReader.h"
#include "tests/fuzz/Fuzz.h"

#include <nlohmann/json.hpp>

using namespace meteorograph;

namespace {

void requireIsoRoundTrip(std::string_view text) {
  const std::optional<IsoTime> time = parseIsoTime(text);
  if (!time)
    return;
  const std::optional<IsoTime> again = parseIsoTime(formatIsoTime(time->time_us));
  require(again && again->time_us == time->time_us, "a time is the same when it is read again");
}

bool same(const std::optional<TimeReader::Reading> &a, const std::optional<TimeReader::Reading> &b) {
  return a.has_value() == b.has_value() && (!a || (a->time_us == b->time_us && a->flags == b->flags));
}

} // namespace

/// The first line is a format of a mapping, each other one a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view text = viewOf(data, size);
  const std::string_view format = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), format.size() + 1));
  TimeReader one;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    requireIsoRoundTrip(line);
    nlohmann::json state = nlohmann::json::object();
    one.save(state);
    TimeReader other;
    other.restore(state);
    require(same(one.read(line), other.read(line)), "a restored reader reads the same");
    const TimeReader::Part part[] = {{line, format}};
    require(same(one.read(part), other.read(part)), "a restored reader reads the same by its format");
    (void)isTimeOfDay(line);
  }
  return 0;
}
