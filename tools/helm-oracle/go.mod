module helm-oracle

go 1.26.0
