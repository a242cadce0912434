// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HistoryRun.h"

#include "core/store/StoreReader.h"
#include "tests/support/StoreDump.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace meteorograph;

namespace {

std::string firstDifference(const char *name, const std::vector<std::string> &seen,
                            const std::vector<std::string> &expected) {
  std::string text;
  std::vector<std::string> lines;
  std::set_difference(expected.begin(), expected.end(), seen.begin(), seen.end(), std::back_inserter(lines));
  if (!lines.empty())
    text += std::string(name) + ": " + std::to_string(lines.size()) + " rows are missing, first " + lines[0] +
            "\n";
  lines.clear();
  std::set_difference(seen.begin(), seen.end(), expected.begin(), expected.end(), std::back_inserter(lines));
  if (!lines.empty())
    text += std::string(name) + ": " + std::to_string(lines.size()) + " rows should not be, first " +
            lines[0] + "\n";
  return text;
}

std::string countsText(const RecordCounts &counts) {
  return std::to_string(counts.records) + " records, " + std::to_string(counts.accepted) + " accepted, " +
         std::to_string(counts.quarantined) + " quarantined, " + std::to_string(counts.skipped) + " skipped";
}

std::string difference(const ModelTables &seen, const ModelTables &expected) {
  std::string text = firstDifference("bronze", seen.bronze, expected.bronze) +
                     firstDifference("quarantine", seen.quarantine, expected.quarantine);
  if (seen.counts != expected.counts)
    text += "counts: " + countsText(seen.counts) + " instead of " + countsText(expected.counts) + "\n";
  if (text.empty())
    text = firstDifference("windows", seen.windows, expected.windows) +
           firstDifference("gold", seen.gold, expected.gold) +
           firstDifference("devices", seen.devices, expected.devices);
  if (text.empty() && !expected.watermarks.empty())
    text = firstDifference("watermarks", seen.watermarks, expected.watermarks);
  if (text.empty() && expected.late && expected.late != seen.late)
    text = "late: " + std::to_string(*seen.late) + " instead of " + std::to_string(*expected.late) + "\n";
  return text;
}

} // namespace

HistoryRun::HistoryRun(std::uint32_t seed, std::unique_ptr<HistorySubject> subject)
    : m_seed(seed), m_subject(std::move(subject)), m_folder(m_subject->root(), seed, wallClockNow() + kHour) {
}

std::string HistoryRun::go(const History &history) {
  std::string failure;
  for (const Step &step : history) {
    if (failure = act(step); !failure.empty() || m_leftEarly)
      return failure.empty() ? failure : "after step " + std::to_string(step.number) + ": " + failure;
  }
  m_folder.completeLines(m_seed % 3 != 0);
  failure = scan(ReferenceModel::Pass::Once, 1, true);
  return failure.empty() && !m_leftEarly ? again() : failure;
}

std::string HistoryRun::files() const {
  std::string text;
  for (const auto &[path, file] : m_folder.files())
    text += path + ", " + std::to_string(file.bytes.size()) + " bytes: …" +
            file.bytes.substr(file.bytes.size() - std::min<std::size_t>(file.bytes.size(), 600)) + "\n";
  return text;
}

std::string HistoryRun::act(const Step &step) {
  if (step.deed == Deed::Reopen)
    return m_subject->reopen(), std::string();
  if (step.deed == Deed::Scan)
    return scan(step.which % 2 == 0 && m_subject->canFollow() ? ReferenceModel::Pass::Following
                                                              : ReferenceModel::Pass::Once,
                step.how, step.how % 4 == 0);
  const bool done = m_folder.apply(step, m_model);
  return done && step.deed == Deed::Empty ? scan(ReferenceModel::Pass::Once, 1, false) : std::string();
}

std::string HistoryRun::scan(ReferenceModel::Pass pass, std::uint32_t how, bool compares) {
  const bool fresh = how % 3 == 0 && !m_folder.needsRest();
  m_folder.now += fresh ? kMillisecond : (5 + how / 4 % 5) * kSecond;
  m_leftEarly = !m_model.ambiguity(m_folder.files()).empty();
  if (m_leftEarly)
    return {};
  m_subject->scan(pass, m_folder.now);
  m_model.scan(m_folder.files(), pass, m_folder.now);
  m_folder.wasScanned();
  const std::string errors = m_subject->takeErrors();
  if (!m_model.isDetermined()) // a header alone is an error, for one
    return {};
  return errors.empty() && compares ? compare() : errors;
}

std::string HistoryRun::compare() const {
  const std::string text = difference(m_subject->tables(), m_model.tables());
  return text.empty() ? storeInconsistency(m_subject->store()).toStdString() : text;
}

/// Looking once more changes nothing.
std::string HistoryRun::again() {
  const auto revision = [this] { return (*StoreReader::open(m_subject->store()))->overview()->revision; };
  m_folder.now += kMinute;
  m_subject->scan(ReferenceModel::Pass::Once, m_folder.now); // what had just changed is checked again
  const std::int64_t before = revision();
  m_subject->reopen();
  m_folder.now += kMinute;
  m_subject->scan(ReferenceModel::Pass::Once, m_folder.now);
  if (revision() != before)
    return "reading again changed something";
  return m_model.isDetermined() ? compare() : std::string();
}
