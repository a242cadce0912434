// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StoreHarness.h"

#include "core/source/ReadAgain.h"
#include "core/store/Corrections.h"
#include "core/store/Retention.h"
#include "tests/support/StoreDump.h"

#include <QDebug>
#include <QTest>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

using namespace meteorograph;

namespace {

std::string number(double value) { return QByteArray::number(value, 'g', 15).toStdString(); }

} // namespace

std::string jsonLine(const std::string &device, int second, double temperature) {
  return "{\"deviceId\":\"" + device + "\",\"temperature\":" + number(temperature) +
         ",\"EventEnqueuedUtcTime\":\"" + formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + "\"}\n";
}

// An hour ahead of the files: none of them counts as just changed.
StoreHarness::StoreHarness(bool opens) : now(wallClockNow() + kHour) {
  if (opens)
    reopen();
}

std::string StoreHarness::path(const std::string &name) const {
  return m_folder.path().toStdString() + (name.empty() ? "" : "/" + name);
}

void StoreHarness::write(const std::string &name, const std::string &content) {
  std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary | std::ios::trunc) << content;
}

void StoreHarness::append(const std::string &name, const std::string &content) {
  std::ofstream(path(name), std::ios::binary | std::ios::app) << content;
}

void StoreHarness::writeGzip(const std::string &name, const std::string &content, std::size_t cut) {
  gzFile file = gzopen(path(name).c_str(), "wb");
  gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
  gzclose(file);
  if (cut > 0)
    std::filesystem::resize_file(path(name), std::filesystem::file_size(path(name)) - cut);
}

void StoreHarness::rename(const std::string &from, const std::string &to) {
  std::filesystem::rename(path(from), path(to));
}

void StoreHarness::copy(const std::string &from, const std::string &to) {
  std::filesystem::copy_file(path(from), path(to));
}

void StoreHarness::remove(const std::string &name) { std::filesystem::remove_all(path(name)); }

void StoreHarness::truncate(const std::string &name) { std::filesystem::resize_file(path(name), 0); }

void StoreHarness::age(const std::string &name, TimeUs by) {
  const TimeUs time = now - by;
  const timespec at{time / kSecond, (time % kSecond) * 1000};
  const timespec both[2] = {at, at};
  ::utimensat(AT_FDCWD, path(name).c_str(), both, 0);
}

void StoreHarness::close() {
  m_reader.reset();
  m_writer.reset();
}

bool StoreHarness::open() {
  Result<std::unique_ptr<StoreWriter>> writer =
      StoreWriter::open({store(), 10 * kMinute, [this] { return now; }});
  if (writer)
    m_writer = std::move(*writer);
  else
    errors.push_back(writer.error());
  return writer.has_value();
}

void StoreHarness::reopen() {
  close();
  if (!open())
    qFatal("%s", errors.back().message.c_str());
}

bool StoreHarness::commitAll(std::vector<FileBatch> &batches) {
  for (int i = 0; i < tries; ++i) {
    const Result<CommitReport> done = m_writer->commit(batches);
    if (done)
      return true;
    errors.push_back(done.error());
  }
  return false;
}

Result<std::uint64_t> StoreHarness::replace(FileDecision &decision, const FileReader::Options &options) {
  static const std::atomic<bool> kNever{false};
  const Result<Corrected> done =
      Corrections(*m_writer, kNever).takeTogether([&](const Corrections::Sink &sink) {
        return readToEnd(decision, options, true, sink);
      });
  return done ? Result<std::uint64_t>(m_sequence) : tl::unexpected(done.error());
}

bool StoreHarness::ingest(bool following) {
  const std::size_t failures = errors.size();
  Result<Database> database = Database::open(store(), Database::Mode::ReadOnly);
  if (!database)
    errors.push_back(database.error());
  if (!database)
    return false;
  FileTable catalog(*database);
  std::vector<FileBatch> waiting;
  FileIngestor *ingestor = nullptr;
  bool gave_up = false;
  bool left = false;
  const auto commit = [&] {
    gave_up = gave_up || !(waiting.empty() || commitAll(waiting));
    waiting.clear();
    if (!gave_up)
      ingestor->settle(m_sequence);
  };
  FileIngestor::Options options;
  options.following = following;
  options.clock = [this] { return now; };
  options.failed = [&](const Error &error) {
    errors.push_back(error);
    left = true;
  };
  options.push = [&](FileBatch &&batch) -> std::optional<std::uint64_t> {
    waiting.push_back(std::move(batch));
    return ++m_sequence;
  };
  if (replaces_together)
    options.replace = [&](FileDecision &decision, const FileReader::Options &again) {
      commit();
      return gave_up ? Result<std::uint64_t>(fail(ErrorCode::Cancelled, "a commit was given up"))
                     : replace(decision, again);
    };
  FileIngestor work(catalog, std::move(options));
  if (catalog.takeFailure())
    errors.push_back(database->error("cannot read the store"));
  if (errors.size() != failures)
    return false;
  ingestor = &work;
  work.scan({path(root)});
  do {
    while (!gave_up && work.step())
      if (waiting.size() >= batches_per_commit)
        commit();
    commit();
    work.queueDue();
  } while (!gave_up && !work.idle());
  looked_at = work.progress().files_total;
  return !gave_up && !left;
}

bool StoreHarness::commit(std::vector<FileBatch> &batches) { return commitAll(batches); }

std::string StoreHarness::store() const { return m_storeFolder.path().toStdString() + "/test.meteorograph"; }

bool StoreHarness::keep(const RetentionSettings &settings, std::int64_t rows) {
  const std::size_t failures = errors.size();
  Retention retention(*m_writer);
  if (const Result<void> changed = retention.change(settings); !changed)
    errors.push_back(changed.error());
  const Result<void> planned =
      retention.sizes().and_then([&](const StoreSizes &sizes) { return retention.plan(sizes, now); });
  if (!planned)
    errors.push_back(planned.error());
  for (bool more = errors.size() == failures; more;) {
    const Result<Retention::Step> step = retention.step(rows, 0);
    if (!step)
      errors.push_back(step.error());
    more = step && step->more;
  }
  return errors.size() == failures;
}

RetentionStatus StoreHarness::retention() { return *reader().retention(std::nullopt, now); }

StoreReader &StoreHarness::reader() {
  if (!m_reader) {
    Result<std::unique_ptr<StoreReader>> opened =
        StoreReader::open(m_storeFolder.path().toStdString() + "/test.meteorograph");
    if (!opened)
      qFatal("%s", opened.error().message.c_str());
    m_reader = std::move(*opened);
  }
  return *m_reader;
}

std::string StoreHarness::tables() { return dump(true); }
std::string StoreHarness::values() { return dump(false); }

std::string StoreHarness::dump(bool with_files) { return dumpStore(reader(), with_files); }

Overview StoreHarness::overview() { return *reader().overview(); }
std::vector<FileStatus> StoreHarness::files() { return *reader().files(-1, 0); }
std::vector<QuarantinedRecord> StoreHarness::quarantine() { return *reader().quarantine(-1, 0); }
std::vector<EventEntry> StoreHarness::events() { return *reader().events(-1); }

SeriesSet StoreHarness::series(const SeriesRequest &request) { return *reader().series(request); }

std::vector<GoldRow> StoreHarness::gold() {
  std::vector<GoldRow> rows;
  ExportRequest request;
  request.layer = Layer::Gold;
  (void)reader().exportGold(request, [&](const GoldRow &row) {
    rows.push_back(row);
    rows.back().device = rows.back().quantity = {};
    return true;
  });
  return rows;
}

std::vector<GoldRow> StoreHarness::goldView() {
  Result<Database> database =
      Database::open(m_storeFolder.path().toStdString() + "/test.meteorograph", Database::Mode::ReadOnly);
  Statement view = database->prepareOnce(
      "SELECT start_s, mean, ma_8, ma_15s, ma_60s FROM gold ORDER BY device, start_s, quantity");
  std::vector<GoldRow> rows;
  while (view.next())
    rows.push_back(
        {view.integer(0) * kSecond, {}, {}, view.real(1), view.real(2), view.real(3), view.real(4)});
  return rows;
}

std::string StoreHarness::rescued() {
  Result<Database> database =
      Database::open(m_storeFolder.path().toStdString() + "/test.meteorograph", Database::Mode::ReadOnly);
  Statement rows = database->prepareOnce("SELECT rescued FROM bronze WHERE rescued IS NOT NULL ORDER BY id");
  std::string all;
  while (rows.next())
    all += std::string(rows.text(0)) + "\n";
  return all;
}

QString StoreHarness::inconsistency() {
  return storeInconsistency(m_storeFolder.path().toStdString() + "/test.meteorograph");
}
