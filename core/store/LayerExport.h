// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Export.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// Hands out the rows of a layer, device by device, in pages of bounded size, each page in a short
/// transaction of its own. Belongs to the thread of its Database.
class LayerExport {
public:
  LayerExport(Database &database, const ExportRequest &request);

  Result<void> bronze(const std::function<bool(const BronzeRow &)> &row);
  Result<void> silver(const std::function<bool(const SilverRow &)> &row);
  Result<void> gold(const std::function<bool(const GoldRow &)> &row);

private:
  struct Window {
    std::int64_t start_s;
    std::int64_t count;
    double sum;
    double min;
    double max;
  };
  using WindowHandler = std::function<bool(std::size_t quantity, const Window &)>;

  bool bronzeOfDevice(const Device &device, const std::function<bool(const BronzeRow &)> &row, bool &more);
  bool windowsOfDevice(const Device &device, const char *table, std::int64_t from_s,
                       const WindowHandler &handler, bool &more);
  std::int64_t firstSecond() const;
  std::int64_t endSecond() const;
  std::int64_t goldLeadIn(const Device &device);
  const std::string &fileName(std::int64_t id);
  Error error() const { return m_database.error("cannot read the store"); }

  Database &m_database;
  ExportRequest m_request;
  std::vector<Device> m_devices;      ///< by name
  std::vector<Quantity> m_quantities; ///< windows: by name; bronze: as requested
  std::unordered_map<std::int64_t, std::string> m_files;
  Statement m_file;
};

} // namespace meteorograph
