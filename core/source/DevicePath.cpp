// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordParser.h"

#include <regex>
#include <vector>

namespace meteorograph {

namespace {

std::vector<std::string> partsOf(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".")
      parts.emplace_back(part);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return parts;
}

/// Name extensions and rotation numbers: "log.csv.1.gz" is "log".
std::string stemOf(const std::string &name) {
  static const std::regex kEndings(R"((\.(gz|[0-9]{1,3}|[A-Za-z][A-Za-z0-9]{0,7}))+$)");
  const std::string stem = std::regex_replace(name, kEndings, "");
  return stem.empty() ? name : stem;
}

/// Dates, times of day and numbers that only count the files.
std::string withoutCounters(std::string stem) {
  static const std::regex kTimes(
      R"((^|[^0-9A-Za-z])(19|20)[0-9]{2}([-_.]?)(0[1-9]|1[0-2])(\3(0[1-9]|[12][0-9]|3[01]))?)"
      R"(([T _-]?([01][0-9]|2[0-3])[-_.:h]?[0-5][0-9]([-_.:]?[0-5][0-9])?Z?)?(?![0-9]))");
  static const std::regex kSequence(R"([-_. ()]+[0-9]+[-_. ()]*$)");
  static const std::regex kEdges(R"(^[-_. ()]+|[-_. ()]+$)");
  stem = std::regex_replace(stem, kTimes, "$1");
  for (std::string before; before != stem;) {
    before = stem;
    stem = std::regex_replace(stem, kSequence, "");
  }
  stem = std::regex_replace(stem, kEdges, "");
  static const std::regex kOnlyDigits("[0-9]*");
  return std::regex_match(stem, kOnlyDigits) ? std::string{} : stem;
}

} // namespace

std::string deviceFromPath(std::string_view path) {
  constexpr std::string_view kKey = "device=";
  constexpr std::size_t kMaxStem = 256; // longer names cannot exist, and std::regex recurses
  const std::vector<std::string> parts = partsOf(path);
  for (std::size_t i = 0; i + 1 < parts.size(); ++i)
    if (parts[i].starts_with(kKey) && parts[i].size() > kKey.size())
      return parts[i].substr(kKey.size());
  if (parts.empty())
    return {};
  const std::string device = withoutCounters(stemOf(parts.back().substr(0, kMaxStem)));
  if (!device.empty())
    return device;
  return parts.size() > 1 ? parts[parts.size() - 2] : parts.back();
}

} // namespace meteorograph
