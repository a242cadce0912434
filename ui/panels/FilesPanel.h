// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QWidget>

#include <set>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace meteorograph::ui {

class FilesModel;
class FilesProxy;

/// Every file that was taken in: how it was recognised, how far, what came of it; and what can be done
/// about it, for one or several.
class FilesPanel : public QWidget {
  Q_OBJECT
public:
  using Files = std::vector<FileStatus>;
  explicit FilesPanel(QWidget *parent = nullptr);
  void show(const Files &files, std::int64_t total);
  Files selected() const;

Q_SIGNALS:
  void mappingRequested(const std::vector<meteorograph::FileStatus> &files);
  void readAgainRequested(const std::vector<meteorograph::FileStatus> &files);
  void removeRequested(const std::vector<meteorograph::FileStatus> &files);
  void quarantineRequested(const meteorograph::FileStatus &file);

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  QPushButton *addButton(const QString &text, const QString &name, void (FilesPanel::*wish)(const Files &));
  void select(const std::set<std::int64_t> &ids);
  void showMenu(const QPoint &position);
  void showInFolder();
  void copy(bool pathsOnly);
  void updateButtons();

  FilesModel *m_files;
  FilesProxy *m_proxy;
  QTableView *m_view;
  QLineEdit *m_filter;
  QLabel *m_note;
  std::vector<QPushButton *> m_buttons;
};

} // namespace meteorograph::ui
