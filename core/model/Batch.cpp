// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Batch.h"

#include <algorithm>
#include <limits>

namespace meteorograph {

namespace {
constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
/// So many names are looked through; an index of more is worth its memory, of which each of many small
/// files in the queue has its own.
constexpr std::size_t kFewDevices = 16;
} // namespace

RecordCounts &RecordCounts::operator+=(const RecordCounts &other) {
  records += other.records;
  accepted += other.accepted;
  quarantined += other.quarantined;
  skipped += other.skipped;
  return *this;
}

RecordCounts &RecordCounts::operator-=(const RecordCounts &other) {
  records -= other.records;
  accepted -= other.accepted;
  quarantined -= other.quarantined;
  skipped -= other.skipped;
  return *this;
}

std::int32_t Batch::deviceIndex(std::string_view name) {
  // Devices usually take turns, so the one after the last hit is the best guess.
  if (!devices.empty()) {
    const std::size_t next = (m_lastDevice + 1) % devices.size();
    if (devices[next] == name) {
      m_lastDevice = next;
      return static_cast<std::int32_t>(next);
    }
    if (devices[m_lastDevice] == name)
      return static_cast<std::int32_t>(m_lastDevice);
  }
  m_lastDevice = findDevice(name);
  if (m_lastDevice < devices.size())
    return static_cast<std::int32_t>(m_lastDevice);
  devices.emplace_back(name);
  if (devices.size() == kFewDevices + 1)
    for (std::size_t i = 0; i < m_lastDevice; ++i)
      m_deviceIndex.emplace(devices[i], i);
  if (devices.size() > kFewDevices)
    m_deviceIndex.emplace(devices.back(), m_lastDevice);
  return static_cast<std::int32_t>(m_lastDevice);
}

/// The number of devices where the name is none of them.
std::size_t Batch::findDevice(std::string_view name) const {
  if (devices.size() <= kFewDevices)
    return static_cast<std::size_t>(std::find(devices.begin(), devices.end(), name) - devices.begin());
  const auto found = m_deviceIndex.find(name);
  return found == m_deviceIndex.end() ? devices.size() : found->second;
}

std::size_t Batch::quantityColumn(std::string_view name, std::string_view unit) {
  for (std::size_t i = 0; i < m_quantities.size(); ++i)
    if (m_quantities[i].name == name)
      return i;
  const std::size_t old = m_quantities.size();
  m_quantities.push_back({std::string(name), std::string(unit)});
  if (!rows.empty()) {
    std::vector<double> wider;
    wider.reserve(rows.size() * (old + 1));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto from = m_values.begin() + static_cast<std::ptrdiff_t>(row * old);
      wider.insert(wider.end(), from, from + static_cast<std::ptrdiff_t>(old));
      wider.push_back(kAbsent);
    }
    m_values.swap(wider);
  }
  return old;
}

/// A small file has some tens of rows; the batches of a large one end soon behind their 8,192nd, where
/// doubling would leave half of the memory unused.
void Batch::makeRoom() {
  constexpr std::size_t kFew = 32;
  constexpr std::size_t kMany = 4096;
  constexpr std::size_t kFull = 9216;
  const std::size_t room = rows.size() < kFew ? kFew : rows.size() == kMany ? kFull : 2 * rows.size();
  rows.reserve(room);
  m_values.reserve(room * m_quantities.size());
}

std::size_t Batch::addRow(const ReadingRow &row) {
  if (rows.size() == rows.capacity())
    makeRoom();
  rows.push_back(row);
  m_values.resize(rows.size() * m_quantities.size(), kAbsent);
  return rows.size() - 1;
}

void Batch::removeLastRow() {
  rows.pop_back();
  m_values.resize(rows.size() * m_quantities.size());
}

void Batch::addReject(std::int64_t line, std::int64_t offset, std::string_view reason,
                      std::string_view text) {
  rejects.push_back({line, offset, std::string(reason), std::string(text.substr(0, kMaxRejectText))});
}

void Batch::clear() {
  devices.clear();
  rows.clear();
  rescued.clear();
  rejects.clear();
  notes.clear();
  counts = {};
  m_deviceIndex.clear();
  m_lastDevice = 0;
  m_quantities.clear();
  m_values.clear();
}

} // namespace meteorograph
