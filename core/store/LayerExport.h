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

/// Hands out the rows of a layer, device by device, in pages of bounded size. Each page is read in a
/// short transaction of its own and handed out behind it, so that a slow receiver holds up nothing. Belongs
/// to the thread of its Database.
class LayerExport {
public:
  LayerExport(Database &database, const ExportRequest &request);

  Result<void> bronze(const std::function<bool(const BronzeRow &)> &row);
  Result<void> silver(const std::function<bool(const SilverRow &)> &row);
  Result<void> gold(const std::function<bool(const GoldRow &)> &row);

private:
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
