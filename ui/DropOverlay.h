// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMimeData;

namespace meteorograph::ui {

/// Covers the window while files are dragged over it, and says what dropping does.
class DropOverlay : public QWidget {
  Q_OBJECT
public:
  explicit DropOverlay(QWidget *parent);
  void cover(); ///< shows it over the whole parent

protected:
  void paintEvent(QPaintEvent *event) override;
};

/// The local files and folders among what is dragged.
QStringList droppedPaths(const QMimeData &data);

} // namespace meteorograph::ui
