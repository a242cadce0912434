// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LayerExport.h"

#include "core/pipeline/MovingAverage.h"
#include "core/store/BronzePages.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"
#include "core/store/WindowPages.h"

#include <algorithm>
#include <limits>

namespace meteorograph {

namespace {

constexpr std::size_t kCachedFiles = 10'000;
constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max() / kSecond;

template <class T> bool wanted(const std::vector<T> &list, T id) {
  return list.empty() || std::find(list.begin(), list.end(), id) != list.end();
}

const char *tableFor(TimeUs window_us) {
  for (const Level &level : kLevels)
    if (level.step_s * kSecond == window_us)
      return level.table;
  return nullptr;
}

} // namespace

LayerExport::LayerExport(Database &database, const ExportRequest &request)
    : m_database(database), m_request(request),
      m_file(database.prepareOnce("SELECT path FROM file WHERE id = ?")) {
  Statement rows = m_database.prepareOnce("SELECT id, name FROM device ORDER BY name");
  while (rows.next())
    if (wanted(request.devices, DeviceId{rows.integer(0)}))
      m_devices.push_back({rows.integer(0), std::string(rows.text(1))});
  const std::vector<Quantity> known = loadQuantities(m_database);
  for (const QuantityId id : request.quantities)
    for (const Quantity &quantity : known)
      if (quantity.id == id)
        m_quantities.push_back(quantity);
  if (request.quantities.empty())
    m_quantities = known;
  if (request.quantities.empty() && request.layer == Layer::Bronze)
    sortForPeople(m_quantities);
  if (request.layer != Layer::Bronze)
    std::sort(m_quantities.begin(), m_quantities.end(),
              [](const Quantity &a, const Quantity &b) { return a.name < b.name; });
}

std::int64_t LayerExport::firstSecond() const {
  return m_request.from_us ? -floorTo(-*m_request.from_us, kSecond) / kSecond : -kEndOfTime;
}

std::int64_t LayerExport::endSecond() const {
  return m_request.to_us ? -floorTo(-*m_request.to_us, kSecond) / kSecond : kEndOfTime;
}

const std::string &LayerExport::fileName(std::int64_t id) {
  const auto found = m_files.find(id);
  if (found != m_files.end())
    return found->second;
  if (m_files.size() > kCachedFiles)
    m_files.clear();
  std::string path;
  if (m_file.bind(1, id).next())
    path = m_file.text(0);
  m_file.reset();
  return m_files.emplace(id, std::move(path)).first->second;
}

Result<void> LayerExport::bronze(const std::function<bool(const BronzeRow &)> &row) {
  const TimeUs from = m_request.from_us.value_or(std::numeric_limits<TimeUs>::min());
  const TimeUs to = m_request.to_us.value_or(std::numeric_limits<TimeUs>::max());
  for (const Device &device : m_devices) {
    BronzePages pages(m_database, m_quantities, device.id, from, to);
    while (pages.next())
      for (const BronzePages::Reading &reading : pages.readings())
        if (!row({reading.time_us, device.name, pages.valuesOf(reading), fileName(reading.file_id),
                  reading.line}))
          return {};
    if (pages.failed())
      return tl::unexpected(error());
  }
  return {};
}

Result<void> LayerExport::silver(const std::function<bool(const SilverRow &)> &row) {
  const char *table = tableFor(m_request.window_us);
  if (!table)
    return fail(ErrorCode::Usage, "there are no windows of that width");
  for (const Device &device : m_devices) {
    WindowPages pages(m_database, table, m_quantities, device.id, firstSecond(), endSecond());
    while (pages.next())
      for (const WindowPages::Window &window : pages.windows())
        if (!row({window.start_s * kSecond, device.name, m_quantities[window.quantity].name, window.count,
                  window.mean(), window.min, window.max}))
          return {};
    if (pages.failed())
      return tl::unexpected(error());
  }
  return {};
}

/// From where to read so that every average at the first exported window is whole: 60 s back, and
/// for each quantity seven windows that hold it.
std::int64_t LayerExport::goldLeadIn(const Device &device) {
  const std::int64_t from = firstSecond();
  if (!m_request.from_us)
    return from;
  std::int64_t start = from - 60;
  for (const Quantity &quantity : m_quantities) {
    Statement back =
        m_database.prepareOnce("SELECT start_s FROM silver WHERE device_id = ?1 AND start_s < ?2 AND " +
                               quotedName(quantity.column + "_count") + " > 0 ORDER BY start_s DESC LIMIT 7");
    back.bind(1, device.id).bind(2, from);
    while (back.next())
      start = std::min(start, back.second(0));
  }
  return start;
}

Result<void> LayerExport::gold(const std::function<bool(const GoldRow &)> &row) {
  struct Averages {
    MovingAverage eight = MovingAverage::overWindows(8);
    MovingAverage quarter = MovingAverage::overDuration(15 * kSecond);
    MovingAverage minute = MovingAverage::overDuration(60 * kSecond);
  };
  for (const Device &device : m_devices) {
    std::vector<Averages> averages(m_quantities.size());
    WindowPages pages(m_database, kLevels[0].table, m_quantities, device.id, goldLeadIn(device), endSecond());
    while (pages.next())
      for (const WindowPages::Window &window : pages.windows()) {
        const TimeUs start = window.start_s * kSecond;
        const double mean = window.mean();
        Averages &average = averages[window.quantity];
        const GoldRow out{start,
                          device.name,
                          m_quantities[window.quantity].name,
                          mean,
                          average.eight.take(start, mean),
                          average.quarter.take(start, mean),
                          average.minute.take(start, mean)};
        if (window.start_s >= firstSecond() && !row(out))
          return {};
      }
    if (pages.failed())
      return tl::unexpected(error());
  }
  return {};
}

} // namespace meteorograph
