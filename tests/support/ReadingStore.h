// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/StoreReader.h"
#include "core/store/StoreWriter.h"

#include <QTemporaryDir>

#include <cmath>
#include <map>
#include <string>
#include <vector>

/// A store of readings that a test makes, and what it must say of them, computed from the readings
/// one by one. Quantities are "a", "b", …, in this order; their ids begin at 1.
class ReadingStore {
public:
  struct Reading {
    std::string device;
    meteorograph::TimeUs time_us = 0;
    std::vector<double> values; ///< one a quantity; NaN = absent
  };
  struct Window {
    std::int64_t count = 0;
    double sum = 0;
    double min = INFINITY;
    double max = -INFINITY;
    double mean() const { return sum / static_cast<double>(count); }
  };

  ReadingStore();
  void commit(const std::vector<Reading> &readings);
  void checkpoint() { m_writer->checkpoint(); }

  meteorograph::StoreReader &reader() { return *m_reader; }
  const std::vector<Reading> &readings() const { return m_readings; }
  /// The id of a device's name.
  meteorograph::DeviceId idOf(const std::string &device) const;
  /// Length of the write-ahead log at the last commit.
  std::int64_t logBytes() const { return m_writer->walBytes(); }
  std::string path() const { return m_folder.filePath("store").toStdString(); }

  /// The windows of one width, by their start in seconds.
  std::map<std::int64_t, Window> windows(const std::string &device, std::size_t quantity,
                                         std::int64_t step_s) const;
  /// The average of the means of the windows that start in (`start_s` − `span_s`, `start_s`].
  static double average(const std::map<std::int64_t, Window> &windows, std::int64_t start_s,
                        std::int64_t span_s);
  /// The average of the window's mean and those of the `count` − 1 before it.
  static double averageOfLast(const std::map<std::int64_t, Window> &windows, std::int64_t start_s, int count);

private:
  QTemporaryDir m_folder;
  std::unique_ptr<meteorograph::StoreWriter> m_writer;
  std::unique_ptr<meteorograph::StoreReader> m_reader;
  std::vector<Reading> m_readings;
};
