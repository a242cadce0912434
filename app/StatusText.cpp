// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "app/RetentionReport.h"
#include "app/StatusReport.h"
#include "app/TextTable.h"

#include <cstdio>
#include <map>

namespace meteorograph {

namespace {

constexpr std::size_t kMaxFilesListed = 20; // a store may know a hundred thousand

std::string timeOrDash(TimeUs time) { return time == kNoTime ? "-" : formatIsoTime(time); }

std::string mebibytes(std::int64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1 << 20));
  return text;
}

/// Nothing where the store was never checked by the program itself.
std::string checksOf(const IntegrityHistory &checks) {
  const bool full = checks.full.checked_us >= checks.quick.checked_us;
  const IntegrityHistory::Check &last = full ? checks.full : checks.quick;
  std::string text;
  if (last.checked_us != kNoTime)
    text = formatIsoTime(last.checked_us) + (full ? ", whole: " : ", quick: ") + last.found;
  if (checks.due_us != kNoTime)
    text += "; a whole one is due since an unclean end";
  return text;
}

std::string headOf(const StatusReport &report) {
  const Overview &overview = report.overview;
  const RecordCounts &counts = overview.counts;
  TextTable table({"Store", overview.store_path}, "ll");
  table.add({"", mebibytes(overview.store_bytes) + ", revision " + grouped(overview.revision)});
  table.add(
      {"Integrity", report.integrity.found +
                        (report.integrity.whole ? "" : "; readings and fine windows: see status --check")});
  if (const std::string checks = checksOf(report.checks); !checks.empty())
    table.add({"Last check", checks});
  table.add({"Range", timeOrDash(overview.first_us) + " to " + timeOrDash(overview.newest_us)});
  table.add(
      {"Bronze", grouped(overview.bronze_rows) + " readings, " + grouped(overview.late) + " of them late"});
  table.add({"Silver", grouped(overview.silver_rows) + " windows of 1 s, " +
                           grouped(overview.provisional_windows) + " of them provisional"});
  table.add({"Gold", "moving averages of " + grouped(overview.silver_rows) + " windows"});
  table.add({"Records", grouped(counts.records) + " = " + grouped(counts.accepted) + " accepted + " +
                            grouped(counts.quarantined) + " quarantined + " + grouped(counts.skipped) +
                            " skipped"});
  table.add({"Pending", grouped(overview.pending_bytes) + " bytes"});
  table.add({"Disk", forecastText(report.retention)});
  if (!report.progress.empty()) {
    const Progress &last = report.progress.back();
    char took[32];
    std::snprintf(took, sizeof took, "%.1f", last.batch_ms);
    table.add({"Last batch", timeOrDash(last.time_us) + ", " + counted(last.input_rows, "row") + " in " +
                                 counted(last.batches, "commit") + " of " + took + " ms, " +
                                 grouped(static_cast<std::int64_t>(last.processed_rows_per_second)) +
                                 " rows/s"});
  }
  return table.text();
}

std::string devicesOf(const Overview &overview) {
  TextTable table({"Device", "readings", "late", "newest", "watermark"}, "lrrll");
  for (const DeviceStatus &device : overview.devices)
    table.add({device.name, grouped(device.readings), grouped(device.late), timeOrDash(device.newest_us),
               timeOrDash(device.watermark_us)});
  return table.text();
}

std::string quantitiesOf(const Overview &overview) {
  TextTable table({"Quantity", "unit"}, "ll");
  for (const Quantity &quantity : overview.quantities)
    table.add({quantity.name, quantity.unit});
  return table.text();
}

std::string quarantineOf(const Overview &overview) {
  TextTable table({"Quarantined because", "records"}, "lr");
  for (const ReasonCount &reason : overview.quarantine_reasons)
    table.add({reason.reason, grouped(reason.count)});
  return table.text();
}

/// What cannot be read now, and what went wrong last.
std::string troublesOf(const StatusReport &report) {
  std::string text;
  for (const SourceFault &fault : report.faults)
    text += "Not reachable: " + printable(fault.path) + ": " + fault.reason + '\n';
  if (report.troubles.empty())
    return text;
  TextTable table({"Last events", "", ""}, "lll");
  for (const EventEntry &event : report.troubles)
    table.add({formatIsoTime(event.time_us), event.kind, event.text});
  return text + table.text();
}

std::string filesOf(const std::vector<FileStatus> &files) {
  TextTable table({"File", "state", "readings", "quarantined", "bytes", "pending", "format"}, "llrrrrl");
  for (std::size_t i = 0; i < files.size() && i < kMaxFilesListed; ++i) {
    const FileStatus &file = files[i];
    table.add({file.path, toString(file.state), grouped(file.readings), grouped(file.counts.quarantined),
               grouped(file.offset), grouped(file.pending_bytes),
               file.error.empty() ? file.format : file.error});
  }
  if (files.size() <= kMaxFilesListed)
    return table.text();
  return table.text() + "and " + grouped(static_cast<std::int64_t>(files.size() - kMaxFilesListed)) +
         " more; --json lists them all\n";
}

std::string statesOf(const std::vector<FileStatus> &files) {
  std::map<std::string, std::int64_t> counts;
  for (const FileStatus &file : files)
    ++counts[toString(file.state)];
  std::string line = "Files: " + grouped(static_cast<std::int64_t>(files.size()));
  for (const auto &[state, count] : counts)
    line += ", " + grouped(count) + ' ' + state;
  return line + '\n';
}

} // namespace

std::string statusAsText(const StatusReport &report) {
  std::string text = headOf(report);
  if (!report.overview.devices.empty())
    text += '\n' + devicesOf(report.overview);
  if (!report.overview.quantities.empty())
    text += '\n' + quantitiesOf(report.overview);
  if (!report.overview.quarantine_reasons.empty())
    text += '\n' + quarantineOf(report.overview);
  if (const std::string troubles = troublesOf(report); !troubles.empty())
    text += '\n' + troubles;
  text += '\n' + statesOf(report.files);
  if (!report.files.empty())
    text += filesOf(report.files);
  return text;
}

} // namespace meteorograph
