// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/CsvExport.h"

#include "core/sink/CsvWriter.h"

#include <algorithm>

namespace meteorograph {

namespace {

std::vector<std::string> columnNames(const std::vector<Quantity> &known,
                                     const std::vector<QuantityId> &wanted) {
  std::vector<std::string> names;
  for (const QuantityId id : wanted)
    for (const Quantity &quantity : known)
      if (quantity.id == id)
        names.push_back(quantity.name);
  return names;
}

} // namespace

Result<std::int64_t> exportCsv(StoreReader &reader, const ExportRequest &request, const std::string &path,
                               const std::atomic<bool> &cancelled) {
  const Result<std::vector<Quantity>> known = reader.quantities();
  if (!known)
    return tl::unexpected(known.error());
  ExportRequest whole = request;
  if (whole.quantities.empty())
    for (const Quantity &quantity : *known)
      whole.quantities.push_back(quantity.id);
  Result<TextOutput> output = TextOutput::toFile(path);
  if (!output)
    return tl::unexpected(output.error());
  CsvWriter writer(*output);
  writer.begin(whole.layer, columnNames(*known, whole.quantities));
  std::int64_t rows = 0;
  const auto write = [&](const auto &row) {
    ++rows;
    return !cancelled.load(std::memory_order_relaxed) && writer.write(row);
  };
  Result<void> done = whole.layer == Layer::Bronze   ? reader.exportBronze(whole, write)
                      : whole.layer == Layer::Silver ? reader.exportSilver(whole, write)
                                                     : reader.exportGold(whole, write);
  if (done && cancelled)
    return fail(ErrorCode::Cancelled, "the export was cancelled; nothing was written");
  if (done)
    done = output->finish();
  if (!done)
    return tl::unexpected(done.error());
  return rows;
}

} // namespace meteorograph
