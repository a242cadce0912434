// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"
namespace meteorograph {
struct StoreReader::Impl {};
StoreReader::StoreReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StoreReader::~StoreReader() = default;
#define S fail(ErrorCode::StoreUnusable, "not yet")
Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string &) { return S; }
Result<Overview> StoreReader::overview() { return S; }
Result<std::vector<Device>> StoreReader::devices() { return S; }
Result<std::vector<Quantity>> StoreReader::quantities() { return S; }
Result<std::vector<FileStatus>> StoreReader::files(std::int64_t, std::int64_t) { return S; }
Result<std::vector<QuarantinedRecord>> StoreReader::quarantine(std::int64_t, std::int64_t) { return S; }
Result<std::vector<EventEntry>> StoreReader::events(std::int64_t) { return S; }
Result<std::string> StoreReader::integrity() { return S; }
Result<SeriesSet> StoreReader::series(const SeriesRequest &, const std::atomic<bool> *) { return S; }
Result<void> StoreReader::exportBronze(const ExportRequest &,
                                       const std::function<bool(const BronzeRow &)> &) {
  return S;
}
Result<void> StoreReader::exportSilver(const ExportRequest &,
                                       const std::function<bool(const SilverRow &)> &) {
  return S;
}
Result<void> StoreReader::exportGold(const ExportRequest &, const std::function<bool(const GoldRow &)> &) {
  return S;
}
} // namespace meteorograph
