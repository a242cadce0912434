// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/model/Time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A file as the file system has it. The inode is a number that only says which names are the same file.
struct ModelFile {
  int inode = 0;
  std::string bytes;
  meteorograph::TimeUs mtime_us = 0;
};
using ModelFolder = std::map<std::string, ModelFile>; ///< by path

/// What was read of one file, or of one generation of it.
struct ModelGeneration {
  std::string path;
  int inode = 0;
  std::string text;       ///< whole records, from the file's start
  std::string tail;       ///< an unterminated last line that was taken in
  std::size_t judged = 0; ///< of its readings, how many have been compared with a watermark
  bool active = true;     ///< the path is its own; false: vanished, or emptied and written anew
  bool vanished = false;
  meteorograph::TimeUs mtime_us = 0;
};

/// The tables of a store as texts, each list sorted.
struct ModelTables {
  std::vector<std::string> bronze;     ///< time, device, temperature, humidity, file:line
  std::vector<std::string> windows;    ///< silver and the rollups to an hour: as dumpWindows() writes them
  std::vector<std::string> gold;       ///< the same
  std::vector<std::string> quarantine; ///< file:line@offset
  std::vector<std::string> devices;    ///< name, readings, first and newest time
  /// By device; empty where a line that was cut may have moved one, by what nobody can tell.
  std::vector<std::string> watermarks;
  meteorograph::RecordCounts counts;
  std::optional<std::int64_t> late; ///< only where the order in which files were taken is certain
};

/// What must be in a store after any history of files, by the promises alone: slow, in memory, whole
/// files as strings, everything computed anew. It shares no code with what it is compared with. Its files
/// are lines of JSON with one object each, or semicolon-separated tables (`# remark`, then
/// `time;device;temperature;humidity`), plain or in gzip.
class ReferenceModel {
public:
  enum class Pass { Once, Following };

  /// What the rules do not decide about the folder as it is now; empty: they decide all.
  std::string ambiguity(const ModelFolder &folder) const;
  /// Takes in the folder as it is now.
  void scan(const ModelFolder &folder, Pass pass, meteorograph::TimeUs now);
  /// Whether the rules say of everything that was taken in what it is: not of every line that was cut.
  bool isDetermined() const;
  ModelTables tables() const;
  /// Whether a generation, active or vanished, has the path.
  bool knows(const std::string &path) const;

private:
  void settle(const ModelFolder &folder);
  void readOn(ModelGeneration &file, const ModelFile &content, Pass pass, meteorograph::TimeUs now);
  void judge(ModelGeneration &file, meteorograph::TimeUs now);

  std::vector<ModelGeneration> m_files;
  std::map<std::string, meteorograph::TimeUs> m_watermarks; ///< by device; they never go back
  std::int64_t m_late = 0;
  bool m_lateIsExact = true;
  bool m_watermarksAreExact = true;
};
