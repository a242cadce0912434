// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"
#include "ui/charts/ChartTheme.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace meteorograph::ui {

/// The legend of devices above an exported picture: marks and names in rows. Those for which its rows
/// have no room are counted at its end.
class DeviceNames {
public:
  /// Rows between `left` and `right`, at most as many as are given.
  DeviceNames(const ChartSpec &spec, const ChartTheme &theme, double left, double right, int mostRows);

  double height() const;
  std::size_t shown() const { return m_places.size(); }
  void paint(QPainter &painter, double top) const;

private:
  QString others() const;
  const ChartSpec &m_spec;
  const ChartTheme &m_theme;
  QFont m_font;
  std::vector<QRectF> m_places; ///< of the first devices, mark and name
  QRectF m_end;                 ///< of the count of the others
};

} // namespace meteorograph::ui
