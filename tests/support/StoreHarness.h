// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FileIngestor.h"
#include "core/store/FileTable.h"
#include "core/store/StoreReader.h"
#include "core/store/StoreWriter.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

/// A folder, a store and a hand-turned clock: ingest without threads, one commit for each batch (or
/// for several), so that a test sees every step.
class StoreHarness {
public:
  explicit StoreHarness(bool opens = true); ///< or later, by open()

  std::string path(const std::string &name) const; ///< inside the folder
  void write(const std::string &name, const std::string &content);
  void append(const std::string &name, const std::string &content);
  void writeGzip(const std::string &name, const std::string &content, std::size_t cut = 0);
  void rename(const std::string &from, const std::string &to);
  void copy(const std::string &from, const std::string &to);
  void remove(const std::string &name);
  void truncate(const std::string &name);
  /// Sets the file's modification time, keeping it behind the harness's clock.
  void age(const std::string &name, meteorograph::TimeUs by);

  /// One listing of the folder, read to the end. False where a commit was given up or the store could not
  /// be read: what is left is taken in by the next one.
  bool ingest(bool following = false);
  bool commit(std::vector<meteorograph::FileBatch> &batches);
  meteorograph::StoreWriter &writer() { return *m_writer; }
  std::string store() const; ///< the file
  /// Makes the settings and gives up what they do not keep, in steps of so many rows. False where it failed.
  bool keep(const meteorograph::RetentionSettings &settings, std::int64_t rows = 1000);
  meteorograph::RetentionStatus retention();
  /// As if the program had been started anew.
  void reopen();
  /// The same in two, for stores that fail: nothing is open in between, nor where it is false.
  void close();
  bool open();
  bool isOpen() const { return m_writer != nullptr; }

  /// Bronze, silver, every rollup and gold as text: equal stores give equal text.
  std::string tables();
  /// The same without the names and lines of files.
  std::string values();
  meteorograph::Overview overview();
  std::vector<meteorograph::FileStatus> files();
  std::vector<meteorograph::QuarantinedRecord> quarantine();
  std::vector<meteorograph::EventEntry> events();
  meteorograph::SeriesSet series(const meteorograph::SeriesRequest &request);
  /// Gold without names, as the export gives it and as the view does.
  std::vector<meteorograph::GoldRow> gold();
  std::vector<meteorograph::GoldRow> goldView();
  std::string rescued(); ///< of all readings
  /// Silver, computed again from bronze by SQL, equals silver; each rollup equals silver's fold.
  QString inconsistency();

  meteorograph::TimeUs now;
  std::string root; ///< what is listed: the folder, or a name in it
  std::size_t batches_per_commit = 1;
  int tries = 1;                  ///< of a commit, before it is given up
  bool replaces_together = false; ///< what replaces a file's readings comes in one transaction
  std::vector<meteorograph::Error> errors;
  std::int64_t looked_at = 0; ///< files with which the last listing had something to do

private:
  bool commitAll(std::vector<meteorograph::FileBatch> &batches);
  meteorograph::Result<std::uint64_t> replace(meteorograph::FileDecision &decision,
                                              const meteorograph::FileReader::Options &options);
  std::string dump(bool with_files);
  meteorograph::StoreReader &reader();

  QTemporaryDir m_folder;
  QTemporaryDir m_storeFolder;
  std::unique_ptr<meteorograph::StoreWriter> m_writer;
  std::unique_ptr<meteorograph::StoreReader> m_reader;
  std::uint64_t m_sequence = 0;
};

/// A line in the shape of the simulator's, for a device at a second.
std::string jsonLine(const std::string &device, int second, double temperature);
